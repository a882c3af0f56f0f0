import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { Breakout } from '../breakouts/breakout.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { ObjectListing } from '../usage/object-listing.ts';
import { bestCopy, objectsOfRun } from './archive-objects.ts';
import { mostInputs, type ArchiveFile, type ConversionJobs } from './conversion-jobs.ts';
import { recordingKeyPrefix, type Recording, type RecordingStore } from './recording.ts';

/** What submitting a conversion needs. */
export interface SubmitConversionDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'list'>;
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

/** The archives of every run of the show, in order: each in its own pipeline's, one copy. */
const archiveFiles = async (deps: SubmitConversionDeps, { breakoutId }: Breakout): Promise<readonly ArchiveFile[]> => {
  const files: ArchiveFile[] = [];
  for (const run of (await deps.runs.list(breakoutId)).filter(({ started }) => started !== undefined)) {
    const { bucket, keyPrefix } = (await deps.pipelines.get(run.pipelineId)).archive;
    const written = objectsOfRun(await deps.objects.list(bucket, keyPrefix), keyPrefix, run, deps.now().getTime());
    files.push(...bestCopy(written, keyPrefix).map(({ key }) => ({ bucket, key })));
  }
  return files;
};

/** A show that failed or was aborted is not. */
const isToBeConverted = ({ wantsMp4, status }: Breakout): boolean => wantsMp4 && status === 'COMPLETED';

const tooManyInputs = (count: number): { readonly code: string; readonly message: string } => ({
  code: 'too-many-archive-files',
  message: `the archive has ${count} files, one conversion takes at most ${mostInputs}: lengthen the channel's archive rollover`,
});

const submitted = async (deps: SubmitConversionDeps, recording: Recording, source: readonly ArchiveFile[]): Promise<Recording> => {
  const { breakoutId, eventId, accountId, attempt, bucket, keyPrefix } = recording;
  const jobId =
    (await deps.jobs.find({ breakoutId, attempt })) ??
    (await deps.jobs.submit({ breakoutId, eventId, accountId, attempt, source, destination: { bucket, keyPrefix } }));
  return { ...recording, jobId };
};

/**
 * Has the archive of a breakout's attempt converted, once however often it is asked: the recording is kept before the
 * job is made, and a job that was made before is looked up. What several pipelines have archived is joined in order.
 * Answers the recording: NONE when no MP4 is wanted, the show was not completed or goes on with another pipeline, or
 * the archive is empty; FAILED when the archive is in more files than a job takes.
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
    // Goes on, or was reset: what the present attempt keeps must not be written over.
    if (breakout.attempt !== attempt) return { ...recording, status: 'NONE' };
    const source = isToBeConverted(breakout) ? await archiveFiles(deps, breakout) : [];
    const result = await decided(deps, recording, source);
    await deps.recordings.save(result);
    return result;
  };

const decided = async (deps: SubmitConversionDeps, recording: Recording, source: readonly ArchiveFile[]): Promise<Recording> => {
  if (source.length === 0) return { ...recording, status: 'NONE' };
  if (source.length > mostInputs) return { ...recording, status: 'FAILED', failure: tooManyInputs(source.length) };
  await deps.recordings.save(recording);
  return submitted(deps, recording, source);
};
