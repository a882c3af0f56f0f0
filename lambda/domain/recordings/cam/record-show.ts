import type { Breakout } from '../../breakouts/breakout.ts';
import type { CamRun } from '../../breakouts/cam/cam-run.ts';
import { couldBeWatched, type StreamSession, type StreamSessionStore } from '../../breakouts/cam/stream-session.ts';
import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { timestamp } from '../../shared/time.ts';
import type { StoredObject } from '../../usage/meters/storage-meter.ts';
import type { ObjectListing } from '../../usage/object-listing.ts';
import type { RecordedInPlace, Recording, RecordingFailure, RecordingFile } from '../recording.ts';
import type { ConversionSource } from '../submit-job.ts';
import type { PlaylistFiles } from '../join-parts.ts';
import { completeRecording } from './complete-recordings.ts';
import { filesInPlace, recordedObjects } from './in-place.ts';
import { joinRecordings, type PlayablePart } from './join-recordings.ts';
import { intervalAround, spanOf } from './recorded-span.ts';
import type { ServiceRecording, ServiceRecordings } from './service-recordings.ts';

/** What finding what IVS recorded of a show needs. */
export interface RecordShowDeps {
  readonly cam: { readonly runs: Pick<CamRunStore, 'list'>; readonly sessions: Pick<StreamSessionStore, 'list'> };
  readonly serviceRecordings: ServiceRecordings;
  readonly objects: ObjectListing;
  readonly playlists: PlaylistFiles;
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

const isUnrecorded = ({ isUnrecorded: is }: StreamSession): boolean => is === true;

/** Why there is nothing, or not all: a recording that did not begin, broke off, or never ended. */
const failureOf = (recorded: readonly ServiceRecording[], sessions: readonly StreamSession[]): RecordingFailure | undefined => {
  if (recorded.length === 0) return { code: 'recording-not-started', message: 'the service recorded nothing of what was streamed: see the log for why' };
  const broken = recorded.find(({ ended }) => ended?.failure !== undefined);
  if (broken?.ended?.failure !== undefined) return { code: 'recording-broke-off', message: broken.ended.failure };
  if (!recorded.every(({ ended }) => ended)) return { code: 'recording-not-ended', message: 'the service has not said that its recording ended' };
  const missing = sessions.filter(isUnrecorded).length;
  return missing === 0 ? undefined : { code: 'recording-incomplete', message: `the service could not begin to record ${missing} of ${sessions.length} streams, which are not in it: see the log for why` };
};

/** What the channels recorded in between that is not of this show. */
const recordedBetween = async ({ serviceRecordings }: RecordShowDeps, bucket: string, runs: readonly CamRun[], parts: readonly PlayablePart[]): Promise<readonly string[]> => {
  const own = new Set(parts.map(({ folder }) => folder));
  const span = spanOf([...own]);
  if (span === undefined || parts.length < 2) return [];
  const channels = [...new Set(runs.map(({ channel }) => channel.channelArn))];
  const found = await Promise.all(channels.map((channelArn) => serviceRecordings.began(bucket, channelArn, intervalAround(span))));
  return found.flat().flatMap(({ folder }) => (own.has(folder) ? [] : [folder]));
};

const placeOf = ({ folder, ended, renditions, playlistKey }: ServiceRecording): RecordedInPlace => ({
  folder,
  ...(playlistKey === undefined ? {} : { playlistKey }),
  durationMilliseconds: ended?.durationMilliseconds ?? 0,
  renditions,
});

/** Makes what was recorded playable, where it broke off, and one, where that can be. */
const placed = async (deps: RecordShowDeps, recording: Recording, runs: readonly CamRun[], recorded: readonly ServiceRecording[]): Promise<{ readonly files: readonly RecordingFile[]; readonly inPlace: readonly RecordedInPlace[] }> => {
  const { bucket } = recording;
  const list = (): Promise<readonly StoredObject[]> => recordedObjects(deps.objects, bucket, { ...recording, inPlace: recorded.map(placeOf) });
  const found = await list();
  const keys = new Set(found.map(({ key }) => key));
  const completed = await Promise.all(recorded.map((one) => completeRecording(deps.playlists, bucket, one, keys)));
  const parts = completed.flatMap(({ folder, playlistKey }) => (playlistKey === undefined ? [] : [{ folder, playlistKey }]));
  const wholeKey = await joinRecordings(deps.playlists, bucket, parts, await recordedBetween(deps, bucket, runs, parts));
  const isAsFound = wholeKey === undefined && parts.every(({ playlistKey }) => keys.has(playlistKey));
  return { inPlace: completed.map(placeOf), files: filesInPlace(parts, isAsFound ? found : await list(), wholeKey) };
};

/**
 * Finds what IVS recorded of a show where it put it. Of a show that was aborted it is kept too, to be charged and to be
 * deleted: the service records whatever is streamed. PROCESSING = a recording still grows, or should be there soon: what the
 * service could not begin to record is not waited for. What broke off is made to end where it did, and several recordings
 * are one where they have a rendition in common.
 * @throws UnavailableError
 */
export const recordShow =
  (deps: RecordShowDeps) =>
  async (breakout: Breakout, pipeline: CamPipeline, recording: Recording): Promise<Recording> => {
    const { breakoutId } = breakout;
    const [runs, sessions] = await Promise.all([deps.cam.runs.list(breakoutId), deps.cam.sessions.list(breakoutId)]);
    const recorded = sessions.length === 0 ? [] : (await Promise.all(runs.map((run) => beganIn(deps, recording.bucket, run)))).flat();
    const watched = sessions.filter(couldBeWatched);
    if (recorded.length === 0 && watched.length === 0) return { ...recording, status: 'NONE' };
    const isNothingToCome = recorded.length === 0 && watched.every(isUnrecorded);
    const isIncomplete = recorded.length === 0 || recorded.some(({ ended }) => ended === undefined);
    if (isIncomplete && !isNothingToCome && isWaitedFor(runs, sessions, pipeline, deps.now().getTime())) return recording;
    const { files, inPlace } = await placed(deps, recording, runs, recorded);
    const failure = failureOf(recorded, watched);
    const finishedAt = timestamp(deps.now().getTime());
    const status = files.length > 0 ? 'READY' : 'FAILED';
    return { ...recording, inPlace, files, status, finishedAt, ...(failure ? { failure } : {}) };
  };

/** What a conversion of it is made of: the playlists, one after the other. */
export const sourceInPlace = ({ bucket, inPlace = [] }: Pick<Recording, 'bucket' | 'inPlace'>, sessions: readonly StreamSession[]): ConversionSource => {
  const heights = sessions.flatMap(({ source }) => source?.heightPixels ?? []);
  return {
    files: inPlace.flatMap(({ playlistKey }) => (playlistKey === undefined ? [] : [{ bucket, key: playlistKey }])),
    ...(heights.length === 0 ? {} : { heightPixels: Math.max(...heights) }),
  };
};

/** The highest frame rate that was streamed: what an output that follows its source has. Absent = not known. */
export const streamedFramesPerSecond = (sessions: readonly StreamSession[]): number | undefined => {
  const rates = sessions.flatMap(({ source }) => source?.framesPerSecond ?? []);
  return rates.length === 0 ? undefined : Math.max(...rates);
};
