import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { CamRun } from '../breakouts/cam/cam-run.ts';
import type { StreamSession, StreamSessionStore } from '../breakouts/cam/stream-session.ts';
import type { CamRunStore, ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { ChannelRun } from '../breakouts/channel-run.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import type { Pipeline, PipelineRegistry } from '../pipelines/pipeline.ts';
import { objectsOfRun } from '../recordings/archive/objects-of-run.ts';
import { recordedObjects } from '../recordings/cam/in-place.ts';
import { cooling } from '../recordings/cooling.ts';
import { recordingKeyPrefix, type Recording, type RecordingStore } from '../recordings/recording.ts';
import { heldArchive } from '../recordings/archive/archive-release.ts';
import { removedAt, storedTogether, type HeldBytes } from '../recordings/stored-intervals.ts';
import { reconciled } from './accrual/reconciled.ts';
import type { Holding, HoldingStore } from './accrual/holding.ts';
import { withDeletion } from './accrual/with-deletion.ts';
import { camFacts } from './cam/cam-facts.ts';
import type { ViewerCountries } from './cam/cam-metrics.ts';
import type { DeliveryLogStore } from './delivery-log.ts';
import { rememberedFrom } from './forgotten-minutes.ts';
import type { CamFacts } from './meters/cam-meter.ts';
import type { DeliveryFacts } from './meters/delivery-meter.ts';
import type { PackagingFacts } from './meters/packaging-meter.ts';
import type { HeldPlace, StorageFacts, StoredObject } from './meters/storage-meter.ts';
import type { MetricReading, MetricReadings } from './metric-readings.ts';
import type { MetricReader } from './metric-series.ts';
import type { ObjectListing } from './object-listing.ts';
import { covers, legMetrics, readShowMetrics, type MeasuredLeg } from './show-metrics.ts';
import { legWindows } from './show-window.ts';

/** Where the facts of shows on Cam pipelines are read. */
export interface CamSources {
  readonly runs: Pick<CamRunStore, 'list'>;
  readonly sessions: Pick<StreamSessionStore, 'list'>;
  readonly viewerCountries: ViewerCountries;
}

/** Where the facts of a show are read. */
export interface ShowSources {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'list'>;
  readonly cam: CamSources;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly recordings: Pick<RecordingStore, 'get'>;
  readonly metrics: MetricReader;
  readonly readings: Pick<MetricReadings, 'get' | 'keep'>;
  readonly logs: Pick<DeliveryLogStore, 'rows'>;
  readonly holdings: Pick<HoldingStore, 'get'>;
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
  /** Of a Cam pipeline, in place of both. */
  readonly cam?: CamFacts;
}

/** A show as the table has it. */
export interface ShowRecord {
  readonly breakout: Breakout;
  /** The one that the show is on. */
  readonly pipeline: Pipeline;
  /** Of Pro pipelines; a show is of one kind. */
  readonly runs: readonly ChannelRun[];
  readonly camRuns: readonly CamRun[];
  readonly sessions: readonly StreamSession[];
  readonly recording: Recording | undefined;
}

/** Everything that a show's usage is measured from, read at one time. */
export interface ShowFacts extends ShowRecord {
  readonly legs: readonly LegFacts[];
  readonly storage: readonly StorageFacts[];
  /** What was kept of its storage when it was measured before. */
  readonly holding: Holding | undefined;
}

/** Reads a show. @throws NotFoundError, UnavailableError */
export const readShow = async (sources: Pick<ShowSources, 'breakouts' | 'pipelines' | 'runs' | 'cam' | 'recordings'>, breakoutId: string): Promise<ShowRecord> => {
  const breakout = await sources.breakouts.get(breakoutId);
  const [pipeline, recording] = await Promise.all([sources.pipelines.get(breakout.pipelineId), sources.recordings.get(breakoutId)]);
  return { breakout, pipeline, ...(await readRuns(sources, pipeline, breakoutId)), recording };
};

/** When a show's pipelines were on, and of Cam pipelines what was streamed meanwhile. @throws UnavailableError */
export const readRuns = async ({ runs, cam }: Pick<ShowSources, 'runs' | 'cam'>, { kind }: Pipeline, breakoutId: string): Promise<Pick<ShowRecord, 'runs' | 'camRuns' | 'sessions'>> => {
  if (kind === 'PRO') return { runs: await runs.list(breakoutId), camRuns: [], sessions: [] };
  const [camRuns, sessions] = await Promise.all([cam.runs.list(breakoutId), cam.sessions.list(breakoutId)]);
  return { runs: [], camRuns, sessions };
};

/** A leg of a show before anything of it is measured; without windows when its channel never ran. */
export interface ShownLeg {
  readonly attempt: number;
  readonly pipeline: Pipeline;
  /** Sets its lines apart: a show of one pipeline, which is nearly every show, has plain keys, and keeps them when it goes on with another one. */
  readonly scope: string;
  readonly windows?: MeasuredLeg['windows'];
  /** Of a Cam pipeline. */
  readonly streamed?: { readonly run: CamRun; readonly sessions: readonly StreamSession[] };
}

/** The legs of a show with the windows that they are measured in up to `now`. */
export const shownLegs = async ({ pipelines }: Pick<ShowSources, 'pipelines'>, { breakout, runs, camRuns, sessions }: Omit<ShowRecord, 'pipeline' | 'recording'>, now: number): Promise<readonly ShownLeg[]> =>
  Promise.all(
    legsOf(breakout).map(async (leg, index) => {
      const { attempt, pipelineId } = leg;
      const camRun = camRuns.find((run) => run.attempt === attempt);
      const windows = legWindows(leg, camRun ?? runs.find((run) => run.attempt === attempt), now);
      return {
        attempt,
        pipeline: await pipelines.get(pipelineId),
        scope: index === 0 ? '' : `run-${attempt}/`,
        ...(windows ? { windows } : {}),
        ...(camRun ? { streamed: { run: camRun, sessions: sessions.filter((session) => session.attempt === attempt) } } : {}),
      };
    }),
  );

/** The legs that have something to measure. */
export const measuredLegs = (legs: readonly ShownLeg[]): readonly MeasuredLeg[] => legs.flatMap(({ pipeline, windows }) => (windows ? [{ pipeline, windows }] : []));

/** What is measured of a leg by its part of a reading. */
export const legFacts = async ({ logs }: Pick<ShowSources, 'logs'>, breakoutId: string, leg: ShownLeg, reading: MetricReading): Promise<LegFacts> => {
  const { attempt, pipeline, scope, windows, streamed } = leg;
  if (!windows) return { attempt, pipeline };
  if (pipeline.kind === 'CAM') return { attempt, pipeline, ...(streamed ? { cam: camFacts({ scope, pipeline, windows, ...streamed }, reading) } : {}) };
  const { ingress, egress, bytes, requests } = legMetrics(reading, { pipeline, windows });
  const { distributionId } = pipeline.delivery;
  const rows = await logs.rows(distributionId, windows.delivery);
  const watermark = reading.readAt;
  return {
    attempt,
    pipeline,
    packaging: { scope, window: windows.packaging, ingress, egress, watermark },
    delivery: { scope, breakoutId, distributionId, window: windows.delivery, bytes, requests, rows, watermark },
  };
};

/** Whether CloudWatch has no minute left of any leg. */
const isForgotten = (legs: readonly MeasuredLeg[], now: number): boolean =>
  legs.every(({ windows }) => Math.max(windows.packaging.to, windows.delivery.to) <= rememberedFrom(now));

/** The metrics of a show: the kept reading where it will do, or is all that there still is, else a new one, which is kept. */
const metricsOf = async (sources: ShowSources, breakoutId: string, legs: readonly MeasuredLeg[], { now, mayReuse }: FactsRequest): Promise<MetricReading> => {
  if (legs.length === 0) return { readAt: now, series: [] };
  const kept = await sources.readings.get(breakoutId);
  if (kept && covers(kept, legs) && (mayReuse(kept) || isForgotten(legs, now))) return kept;
  const reading = await readShowMetrics(sources, legs, now, kept);
  await sources.readings.keep(breakoutId, reading);
  return reading;
};

/** What the runs have archived, each in its own pipeline's archive. */
const archivedByRuns = async (sources: ShowSources, runs: readonly ChannelRun[], now: number): Promise<readonly StoredObject[]> => {
  const perRun = runs.map(async (run) => {
    const pipeline = await sources.pipelines.get(run.pipelineId);
    if (pipeline.kind === 'CAM') return [];
    const { bucket, keyPrefix } = pipeline.archive;
    return objectsOfRun(await sources.objects.list(bucket, keyPrefix), keyPrefix, run, now);
  });
  return [...new Map((await Promise.all(perRun)).flat().map((object) => [object.key, object])).values()];
};

/** What a recording holds, or held until it was deleted. */
const heldRecording = async (sources: ShowSources, breakout: Breakout, recording: Recording | undefined): Promise<readonly HeldBytes[]> => {
  if (recording?.deleted) return removedAt(recording.deleted.stored, Date.parse(recording.deleted.at));
  const objects = await recordedObjects(sources.objects, sources.recordingsBucket, { keyPrefix: recordingKeyPrefix(breakout), ...(recording?.inPlace && { inPlace: recording.inPlace }) });
  return storedTogether(cooling(objects, sources.recordingsColdDays));
};

/** What a show holds by what is listed. */
const listedPlaces = async (sources: ShowSources, { breakout, pipeline, runs, recording }: ShowRecord, now: number): Promise<readonly HeldPlace[]> => {
  const recordings: HeldPlace = { place: 'recordings', bucket: sources.recordingsBucket, stored: await heldRecording(sources, breakout, recording) };
  // A Cam pipeline has no archive: what the service records is the recording.
  if (pipeline.kind === 'CAM') return [recordings];
  const stored = recording?.archive ? heldArchive(recording.archive) : storedTogether(await archivedByRuns(sources, runs, now));
  return [{ place: 'archive', bucket: pipeline.archive.bucket, stored }, recordings];
};

/** How the facts of a show are to be read. */
export interface FactsRequest {
  readonly now: number;
  /** Up to when storage is counted. */
  readonly storageWatermark: number;
  /** Whether a reading of the metrics that was kept will do. */
  readonly mayReuse: (reading: MetricReading) => boolean;
}

/**
 * What a show holds with the times that it is measured by: what was kept when it was settled is the truth from then on,
 * but for what has come into being or gone since.
 */
const storageFacts = async (sources: ShowSources, show: ShowRecord, { now, storageWatermark }: FactsRequest): Promise<Pick<ShowFacts, 'storage' | 'holding'>> => {
  const { breakout, recording } = show;
  const kept = await sources.holdings.get(breakout.breakoutId);
  const holding = kept && withDeletion(kept, recording);
  const listed = await listedPlaces(sources, show, now);
  const places = holding ? reconciled(holding, listed, now).places : listed;
  const since = holding?.since ?? Date.parse(breakout.stoppedAt ?? breakout.updatedAt);
  const watermark = Math.max(Math.min(now, storageWatermark), kept?.bookedUntil ?? 0);
  return { storage: places.map((place) => ({ ...place, since, watermark, seenAt: Math.max(now, watermark) })), holding };
};

/** Reads what a show's usage is measured from. @throws NotFoundError, UnavailableError */
export const readShowFacts = async (sources: ShowSources, show: ShowRecord, request: FactsRequest): Promise<ShowFacts> => {
  const { breakoutId } = show.breakout;
  const { now } = request;
  const storage = await storageFacts(sources, show, request);
  const shown = await shownLegs(sources, show, now);
  const reading = await metricsOf(sources, breakoutId, measuredLegs(shown), request);
  const legs = await Promise.all(shown.map((leg) => legFacts(sources, breakoutId, leg, reading)));
  return { ...show, legs, ...storage };
};
