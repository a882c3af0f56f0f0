import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { Breakout } from '../breakouts/breakout.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { ObjectListing } from '../usage/object-listing.ts';
import { objectsOfRun } from './archive-objects.ts';
import { mostInputs, type ConversionJobs } from './conversion-jobs.ts';
import { recordingKeyPrefix, type Recording, type RecordingStore } from './recording.ts';

/** What submitting a conversion needs. */
export interface SubmitConversionDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly objects: ObjectListing;
  readonly jobs: ConversionJobs;
  readonly recordings: RecordingStore;
  readonly recordingsBucket: string;
  readonly newId: NewId;
  readonly now: () => Date;
}

const newRecording = (deps: SubmitConversionDeps, breakout: Breakout, attempt: number): Recording => ({
  recordingId: deps.newId('recording'),
  breakoutId: breakout.breakoutId,
  eventId: breakout.eventId,
  accountId: breakout.accountId,
  attempt,
  status: 'PROCESSING',
  bucket: deps.recordingsBucket,
  keyPrefix: recordingKeyPrefix(breakout),
  submittedAt: deps.now().toISOString(),
  outputs: [],
  files: [],
});

const archiveKeys = async (deps: SubmitConversionDeps, breakout: Breakout, attempt: number): Promise<{ bucket: string; keys: readonly string[] }> => {
  const { archive } = await deps.pipelines.get(breakout.pipelineId);
  const run = await deps.runs.get(breakout.breakoutId, attempt);
  if (!run) return { bucket: archive.bucket, keys: [] };
  const objects = await deps.objects.list(archive.bucket, archive.keyPrefix);
  return { bucket: archive.bucket, keys: objectsOfRun(objects, archive.keyPrefix, run, deps.now().getTime()).map(({ key }) => key) };
};

const tooManyInputs = (count: number): { readonly code: string; readonly message: string } => ({
  code: 'too-many-archive-files',
  message: `the archive has ${count} files, one conversion takes at most ${mostInputs}: lengthen the channel's archive rollover`,
});

const submitted = async (deps: SubmitConversionDeps, recording: Recording, source: { bucket: string; keys: readonly string[] }): Promise<Recording> => {
  const { breakoutId, eventId, accountId, attempt, bucket, keyPrefix } = recording;
  const jobId =
    (await deps.jobs.find({ breakoutId, attempt })) ??
    (await deps.jobs.submit({ breakoutId, eventId, accountId, attempt, source, destination: { bucket, keyPrefix } }));
  return { ...recording, jobId };
};

/**
 * Has the archive of a breakout's attempt converted, once however often it is asked: the recording is kept before the
 * job is made, and a job that was made before is looked up. Answers the recording: NONE when no MP4 is wanted or the
 * archive is empty, FAILED when the archive is in more files than a job takes.
 * @throws UnavailableError
 */
export const submitConversion =
  (deps: SubmitConversionDeps) =>
  async (breakoutId: string, attempt: number): Promise<Recording> => {
    const kept = await deps.recordings.get(breakoutId);
    const isThisAttempt = kept?.attempt === attempt;
    if (kept && isThisAttempt && (kept.status !== 'PROCESSING' || kept.jobId !== undefined)) return kept;
    const breakout = await deps.breakouts.get(breakoutId);
    const recording = kept && isThisAttempt ? kept : newRecording(deps, breakout, attempt);
    const source = breakout.wantsMp4 ? await archiveKeys(deps, breakout, attempt) : { bucket: '', keys: [] };
    const result = await decided(deps, recording, source);
    await deps.recordings.save(result);
    return result;
  };

const decided = async (deps: SubmitConversionDeps, recording: Recording, source: { bucket: string; keys: readonly string[] }): Promise<Recording> => {
  if (source.keys.length === 0) return { ...recording, status: 'NONE' };
  if (source.keys.length > mostInputs) return { ...recording, status: 'FAILED', failure: tooManyInputs(source.keys.length) };
  await deps.recordings.save(recording);
  return submitted(deps, recording, source);
};
