import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { ChannelRun } from '../breakouts/channel-run.ts';
import type { Pipeline, PipelineRegistry } from '../pipelines/pipeline.ts';
import { objectsOfRun } from '../recordings/archive-objects.ts';
import { recordingKeyPrefix, type Recording, type RecordingStore } from '../recordings/recording.ts';
import type { DeliveryLogStore } from './delivery-log.ts';
import type { DeliveryFacts } from './meters/delivery-meter.ts';
import type { PackagingFacts } from './meters/packaging-meter.ts';
import type { StorageFacts } from './meters/storage-meter.ts';
import type { MetricName, MetricReader } from './metric-series.ts';
import type { ObjectListing } from './object-listing.ts';
import { showWindows, type ShowWindows } from './show-window.ts';

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
}

/** Everything that a show's usage is measured from, read at one time. */
export interface ShowFacts {
  readonly breakout: Breakout;
  readonly pipeline: Pipeline;
  readonly runs: readonly ChannelRun[];
  readonly recording: Recording | undefined;
  /** Absent when the channel never ran. */
  readonly packaging?: PackagingFacts;
  readonly delivery?: DeliveryFacts;
  readonly storage: readonly StorageFacts[];
}

/** CloudFront's metrics live there alone. Source: CloudFront developer guide, programming-cloudwatch-metrics */
const cloudFrontRegion = 'us-east-1';

const packagingMetric = (channelId: string, name: string): MetricName => ({ namespace: 'AWS/MediaPackage', name, dimensions: { Channel: channelId } });

const deliveryMetric = (distributionId: string, name: string): MetricName => ({
  namespace: 'AWS/CloudFront',
  name,
  dimensions: { DistributionId: distributionId, Region: 'Global' },
});

const packagingFacts = async ({ metrics }: ShowSources, pipeline: Pipeline, { packaging: window }: ShowWindows, now: number): Promise<PackagingFacts> => {
  const names = ['IngressBytes', 'EgressBytes'].map((name) => packagingMetric(pipeline.packaging.channelId, name));
  const [ingress, egress] = await metrics.sumsByMinute(pipeline.region, names, window);
  if (!ingress || !egress) throw new RangeError(`asked for ${names.length} metrics, got fewer series`);
  return { window, ingress, egress, watermark: now };
};

const deliveryFacts = async (sources: ShowSources, breakoutId: string, pipeline: Pipeline, { delivery: window }: ShowWindows, now: number): Promise<DeliveryFacts> => {
  const { distributionId } = pipeline.delivery;
  const names = ['BytesDownloaded', 'Requests'].map((name) => deliveryMetric(distributionId, name));
  const [bytes, requests] = await sources.metrics.sumsByMinute(cloudFrontRegion, names, window);
  if (!bytes || !requests) throw new RangeError(`asked for ${names.length} metrics, got fewer series`);
  const rows = await sources.logs.rows(distributionId, window);
  return { breakoutId, distributionId, window, bytes, requests, rows, watermark: now };
};

const storageFacts = async (sources: ShowSources, breakout: Breakout, pipeline: Pipeline, runs: readonly ChannelRun[], watermark: number, now: number): Promise<readonly StorageFacts[]> => {
  const { bucket, keyPrefix } = pipeline.archive;
  const archived = await sources.objects.list(bucket, keyPrefix);
  const ofRuns = new Map(runs.flatMap((run) => objectsOfRun(archived, keyPrefix, run, now)).map((object) => [object.key, object]));
  const recorded = await sources.objects.list(sources.recordingsBucket, recordingKeyPrefix(breakout));
  return [
    { place: 'archive', bucket, objects: [...ofRuns.values()], watermark },
    { place: 'recordings', bucket: sources.recordingsBucket, objects: recorded, watermark },
  ];
};

/** Reads the facts of a show. `storageWatermark` is up to when storage is counted. @throws NotFoundError, UnavailableError */
export const readShowFacts = async (sources: ShowSources, breakoutId: string, now: number, storageWatermark: (breakout: Breakout) => number): Promise<ShowFacts> => {
  const breakout = await sources.breakouts.get(breakoutId);
  const pipeline = await sources.pipelines.get(breakout.pipelineId);
  const [runs, recording] = await Promise.all([sources.runs.list(breakoutId), sources.recordings.get(breakoutId)]);
  const windows = showWindows(breakout, runs, now);
  const storage = await storageFacts(sources, breakout, pipeline, runs, Math.min(now, storageWatermark(breakout)), now);
  if (!windows) return { breakout, pipeline, runs, recording, storage };
  const [packaging, delivery] = await Promise.all([
    packagingFacts(sources, pipeline, windows, now),
    deliveryFacts(sources, breakoutId, pipeline, windows, now),
  ]);
  return { breakout, pipeline, runs, recording, packaging, delivery, storage };
};
