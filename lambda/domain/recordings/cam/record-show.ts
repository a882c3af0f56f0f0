import type { Breakout } from '../../breakouts/breakout.ts';
import type { CamRun } from '../../breakouts/cam/cam-run.ts';
import type { StreamSession, StreamSessionStore } from '../../breakouts/cam/stream-session.ts';
import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { timestamp } from '../../shared/time.ts';
import type { ObjectListing } from '../../usage/object-listing.ts';
import type { Recording, RecordingFailure } from '../recording.ts';
import type { ConversionSource } from '../submit-job.ts';
import { filesInPlace, recordedObjects } from './in-place.ts';
import type { ServiceRecording, ServiceRecordings } from './service-recordings.ts';

/** What finding what IVS recorded of a show needs. */
export interface RecordShowDeps {
  readonly cam: { readonly runs: Pick<CamRunStore, 'list'>; readonly sessions: Pick<StreamSessionStore, 'list'> };
  readonly serviceRecordings: ServiceRecordings;
  readonly objects: ObjectListing;
  readonly now: () => Date;
}

/** How long after the reconnect window a recording is waited for. */
const patienceMilliseconds = 300_000;

const beganIn = async ({ serviceRecordings, now }: RecordShowDeps, bucket: string, run: CamRun): Promise<readonly ServiceRecording[]> => {
  const from = Math.floor(Date.parse(run.requestedAt) / 1_000) * 1_000;
  const to = run.ended === undefined ? now().getTime() : Date.parse(run.ended.at);
  return serviceRecordings.began(bucket, run.channel.channelArn, { from, to: Math.max(from, to) + 1 });
};

/** A stream whose end nobody has told has ended with its run at the latest. */
const isWaitedFor = (runs: readonly CamRun[], sessions: readonly StreamSession[], { recording }: CamPipeline, now: number): boolean => {
  const endOf = ({ attempt, endedAt }: StreamSession): number => Date.parse(endedAt ?? runs.find((run) => run.attempt === attempt)?.ended?.at ?? timestamp(now));
  const lastEnd = Math.max(...sessions.map(endOf));
  return now < lastEnd + recording.reconnectWindowSeconds * 1_000 + patienceMilliseconds;
};

/** Why there is nothing, or not all: a recording that did not begin, broke off, or never ended. */
const failureOf = (recorded: readonly ServiceRecording[]): RecordingFailure | undefined => {
  if (recorded.length === 0) return { code: 'recording-not-started', message: 'the service recorded nothing of what was streamed: see the log for why' };
  const broken = recorded.find(({ ended }) => ended?.failure !== undefined);
  if (broken?.ended?.failure !== undefined) return { code: 'recording-broke-off', message: broken.ended.failure };
  return recorded.every(({ ended }) => ended) ? undefined : { code: 'recording-not-ended', message: 'the service has not said that its recording ended' };
};

/**
 * Finds what IVS recorded of a show where it put it. Of a show that was aborted it is kept too, to be charged and to be
 * deleted: the service records whatever is streamed. PROCESSING = a recording still grows, or should be there soon.
 * @throws UnavailableError
 */
export const recordShow =
  (deps: RecordShowDeps) =>
  async (breakout: Breakout, pipeline: CamPipeline, recording: Recording): Promise<Recording> => {
    const { breakoutId } = breakout;
    const [runs, sessions] = await Promise.all([deps.cam.runs.list(breakoutId), deps.cam.sessions.list(breakoutId)]);
    if (sessions.length === 0) return { ...recording, status: 'NONE' };
    const recorded = (await Promise.all(runs.map((run) => beganIn(deps, recording.bucket, run)))).flat();
    const isIncomplete = recorded.length === 0 || recorded.some(({ ended }) => ended === undefined);
    if (isIncomplete && isWaitedFor(runs, sessions, pipeline, deps.now().getTime())) return recording;
    const placed: Recording = { ...recording, inPlace: recorded.map(({ folder, ended, renditions }) => ({ folder, durationMilliseconds: ended?.durationMilliseconds ?? 0, renditions })) };
    const files = filesInPlace(recorded, await recordedObjects(deps.objects, recording.bucket, placed));
    const failure = failureOf(recorded);
    const finishedAt = timestamp(deps.now().getTime());
    const status = files.length > 0 ? 'READY' : 'FAILED';
    return { ...placed, files, status, finishedAt, ...(failure ? { failure } : {}) };
  };

/** What a conversion of it is made of: the playlists, one after the other. */
export const sourceInPlace = ({ bucket, files }: Pick<Recording, 'bucket' | 'files'>, sessions: readonly StreamSession[]): ConversionSource => {
  const heights = sessions.flatMap(({ source }) => source?.heightPixels ?? []);
  return {
    files: files.filter(({ format }) => format === 'HLS').map(({ key }) => ({ bucket, key })),
    ...(heights.length === 0 ? {} : { heightPixels: Math.max(...heights) }),
  };
};

/** The highest frame rate that was streamed: what an output that follows its source has. Absent = not known. */
export const streamedFramesPerSecond = (sessions: readonly StreamSession[]): number | undefined => {
  const rates = sessions.flatMap(({ source }) => source?.framesPerSecond ?? []);
  return rates.length === 0 ? undefined : Math.max(...rates);
};
