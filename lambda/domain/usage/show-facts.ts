import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { ChannelRun } from '../breakouts/channel-run.ts';
import { legsOf, type ShowLeg } from '../breakouts/show-leg.ts';
import type { Pipeline, PipelineRegistry } from '../pipelines/pipeline.ts';
import { objectsOfRun } from '../recordings/archive/objects-of-run.ts';
import { cooling } from '../recordings/cooling.ts';
import { recordingKeyPrefix, type Recording, type RecordingStore } from '../recordings/recording.ts';
import { cloudFrontRegion, deliveryMetric } from './delivery-metric.ts';
import { expiringObjects } from '../recordings/archive/archive-release.ts';
import { removedObjects } from '../recordings/stored-intervals.ts';
import type { DeliveryLogStore } from './delivery-log.ts';
import type { DeliveryFacts } from './meters/delivery-meter.ts';
import type { PackagingFacts } from './meters/packaging-meter.ts';
import type { StorageFacts, StoredObject } from './meters/storage-meter.ts';
import type { MetricName, MetricReader } from './metric-series.ts';
import type { ObjectListing } from './object-listing.ts';
import { legWindows, type ShowWindows } from './show-window.ts';

/** Where the facts of a show are read. */
export interface ShowSources {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'list'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly recordings: Pick<RecordingStore, 'get'>;
  readonly metrics: MetricReader;
  readonly logs: Pick<DeliveryLogStore, 'rows'>;
  readonly objects: ObjectListing;
  readonly recordingsBucket: string;
  /** After how many days recordings go over to storage for what is seldom read; 0 = never. */
  readonly recordingsColdDays: number;
}

/** What is measured of one leg of a show: of its own pipeline, in its own windows. */
export interface LegFacts {
  readonly attempt: number;
  readonly pipeline: Pipeline;
  /** Absent when the channel never ran. */
  readonly packaging?: PackagingFacts;
  readonly delivery?: DeliveryFacts;
}

/** Everything that a show's usage is measured from, read at one time. */
export interface ShowFacts {
  readonly breakout: Breakout;
  /** The one that the show is on. */
  readonly pipeline: Pipeline;
  readonly legs: readonly LegFacts[];
  readonly runs: readonly ChannelRun[];
  readonly recording: Recording | undefined;
  readonly storage: readonly StorageFacts[];
}

const packagingMetric = (channelId: string, name: string): MetricName => ({ namespace: 'AWS/MediaPackage', name, dimensions: { Channel: channelId } });

/** Where and when the facts of one leg are read. */
interface LegReading {
  readonly scope: string;
  readonly breakoutId: string;
  readonly pipeline: Pipeline;
  readonly windows: ShowWindows;
  readonly now: number;
}

const packagingFacts = async ({ metrics }: ShowSources, { scope, pipeline, windows, now }: LegReading): Promise<PackagingFacts> => {
  const { packaging: window } = windows;
  const names = ['IngressBytes', 'EgressBytes'].map((name) => packagingMetric(pipeline.packaging.channelId, name));
  const [ingress, egress] = await metrics.sumsByMinute(pipeline.region, names, window);
  if (!ingress || !egress) throw new RangeError(`asked for ${names.length} metrics, got fewer series`);
  return { scope, window, ingress, egress, watermark: now };
};

const deliveryFacts = async (sources: ShowSources, { scope, breakoutId, pipeline, windows, now }: LegReading): Promise<DeliveryFacts> => {
  const { delivery: window } = windows;
  const { distributionId } = pipeline.delivery;
  const names = [deliveryMetric(distributionId, 'BytesDownloaded'), deliveryMetric(distributionId, 'Requests')];
  const [bytes, requests] = await sources.metrics.sumsByMinute(cloudFrontRegion, names, window);
  if (!bytes || !requests) throw new RangeError(`asked for ${names.length} metrics, got fewer series`);
  const rows = await sources.logs.rows(distributionId, window);
  return { scope, breakoutId, distributionId, window, bytes, requests, rows, watermark: now };
};

const legFacts = async (sources: ShowSources, breakoutId: string, leg: ShowLeg, index: number, run: ChannelRun | undefined, now: number): Promise<LegFacts> => {
  const { attempt, pipelineId } = leg;
  const pipeline = await sources.pipelines.get(pipelineId);
  const windows = legWindows(leg, run, now);
  if (!windows) return { attempt, pipeline };
  // A show of one pipeline, which is nearly every show, has plain keys, and keeps them when it goes on with another one.
  const reading: LegReading = { scope: index === 0 ? '' : `run-${attempt}/`, breakoutId, pipeline, windows, now };
  const [packaging, delivery] = await Promise.all([packagingFacts(sources, reading), deliveryFacts(sources, reading)]);
  return { attempt, pipeline, packaging, delivery };
};

/** What the runs have archived, each in its own pipeline's archive. */
const archivedByRuns = async (sources: ShowSources, runs: readonly ChannelRun[], now: number): Promise<readonly StoredObject[]> => {
  const perRun = runs.map(async (run) => {
    const { bucket, keyPrefix } = (await sources.pipelines.get(run.pipelineId)).archive;
    return objectsOfRun(await sources.objects.list(bucket, keyPrefix), keyPrefix, run, now);
  });
  return [...new Map((await Promise.all(perRun)).flat().map((object) => [object.key, object])).values()];
};

/** What a recording holds, or held until it was deleted. */
const recordedObjects = async (sources: ShowSources, breakout: Breakout, recording: Recording | undefined): Promise<readonly StoredObject[]> => {
  if (recording?.deleted) return removedObjects(recording.deleted.stored, Date.parse(recording.deleted.at));
  return cooling(await sources.objects.list(sources.recordingsBucket, recordingKeyPrefix(breakout)), sources.recordingsColdDays);
};

const storageFacts = async (sources: ShowSources, facts: Pick<ShowFacts, 'breakout' | 'pipeline' | 'runs' | 'recording'>, watermark: number, now: number): Promise<readonly StorageFacts[]> => {
  const { breakout, pipeline, runs, recording } = facts;
  const recorded = await recordedObjects(sources, breakout, recording);
  return [
    { place: 'archive', bucket: pipeline.archive.bucket, objects: recording?.archive ? expiringObjects(recording.archive) : await archivedByRuns(sources, runs, now), watermark },
    { place: 'recordings', bucket: sources.recordingsBucket, objects: recorded, watermark },
  ];
};

/** Reads the facts of a show. `storageWatermark` is up to when storage is counted. @throws NotFoundError, UnavailableError */
export const readShowFacts = async (sources: ShowSources, breakoutId: string, now: number, storageWatermark: (breakout: Breakout) => number): Promise<ShowFacts> => {
  const breakout = await sources.breakouts.get(breakoutId);
  const pipeline = await sources.pipelines.get(breakout.pipelineId);
  const [runs, recording] = await Promise.all([sources.runs.list(breakoutId), sources.recordings.get(breakoutId)]);
  const runOf = (leg: ShowLeg): ChannelRun | undefined => runs.find(({ attempt }) => attempt === leg.attempt);
  const storage = await storageFacts(sources, { breakout, pipeline, runs, recording }, Math.min(now, storageWatermark(breakout)), now);
  const legs = await Promise.all(legsOf(breakout).map((leg, index) => legFacts(sources, breakoutId, leg, index, runOf(leg), now)));
  return { breakout, pipeline, legs, runs, recording, storage };
};
