import { InvalidInputError, NotFoundError } from '../shared/errors.ts';
import type { ConversionJob, ConversionJobs } from './conversion-jobs.ts';
import { readArchive, type ReadArchiveDeps, type ShowArchive } from './read-archive.ts';
import type { ArchiveRelease } from './archive/archive-release.ts';
import { storedTogether } from './stored-intervals.ts';
import { concludedRecording } from './conclude-recording.ts';
import type { PlaylistFiles } from './join-parts.ts';
import type { Recording, RecordingJob, RecordingStore } from './recording.ts';
import { sourceInPlace, type RecordShowDeps } from './cam/record-show.ts';
import { sourceFramesPerSecond } from './source-frame-rate.ts';
import { submitJob, type ConversionSource } from './submit-job.ts';
import { tellFailed, type TellFailedDeps } from './tell-failed.ts';
import { hasUnendedJobs, timedOutCode, type UnendedConversions } from './unended-jobs.ts';

/** What checking a conversion needs. */
export interface CheckConversionDeps extends ReadArchiveDeps, TellFailedDeps {
  readonly cam: Pick<RecordShowDeps['cam'], 'sessions'>;
  readonly jobs: ConversionJobs;
  readonly recordings: Pick<RecordingStore, 'get' | 'save'>;
  /** After which a job that has not ended counts as failed. */
  readonly timeoutSeconds: number;
  /** Told of what is given up, so that it is asked for later. */
  readonly unended: Pick<UnendedConversions, 'note'>;
  readonly archive: ArchiveRelease;
  readonly playlists: PlaylistFiles;
  /** At what age archive files go once they were converted; 0 = never. */
  readonly archiveDays: number;
}

/** A fault of the service passes within minutes, or does not. */
const mostTries = 3;

type ReadArchiveOnce = () => Promise<ConversionSource & Pick<ShowArchive, 'objects'>>;

const failed = (job: RecordingJob, code: string, message: string): RecordingJob => ({ ...job, status: 'FAILED', failure: { code, message } });

/** The archive is read anew: what the job did not find is left out this time. */
const again = async (deps: CheckConversionDeps, recording: Recording, job: RecordingJob, archive: ReadArchiveOnce): Promise<RecordingJob> => {
  const { jobId: _jobId, startedAt: _startedAt, finishedAt: _finishedAt, ...rest } = job;
  const next: RecordingJob = { ...rest, tries: job.tries + 1, percentComplete: 0, submittedAt: deps.now().toISOString() };
  try {
    return await submitJob(deps.jobs, recording, next, await archive());
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return failed(next, error.code, error.message);
  }
};

const ended = async (deps: CheckConversionDeps, recording: Recording, job: RecordingJob, seen: ConversionJob, archive: ReadArchiveOnce): Promise<RecordingJob> => {
  const known: RecordingJob = {
    ...job,
    ...(seen.startedAt === undefined ? {} : { startedAt: seen.startedAt }),
    finishedAt: seen.finishedAt ?? deps.now().toISOString(),
  };
  if (seen.status === 'COMPLETE') return { ...known, status: 'COMPLETE', percentComplete: 100, outputs: seen.outputs };
  const { code, message, isPassing } = seen.failure ?? { code: 'conversion-failed', message: `job ${seen.jobId} ended without a result`, isPassing: false };
  return isPassing && job.tries < mostTries ? again(deps, recording, known, archive) : failed(known, code, message);
};

const looked = async (deps: CheckConversionDeps, recording: Recording, job: RecordingJob, archive: ReadArchiveOnce): Promise<RecordingJob> => {
  if (job.status !== 'SUBMITTED') return job;
  if (job.jobId === undefined) return failed(job, 'conversion-not-submitted', `no job was made for part ${job.part} of ${recording.breakoutId}`);
  const seen = await deps.jobs.get(job.jobId, await sourceFramesPerSecond(deps, recording));
  if (seen.status !== 'RUNNING') return ended(deps, recording, job, seen, archive);
  const age = (deps.now().getTime() - Date.parse(job.submittedAt)) / 1_000;
  if (age > deps.timeoutSeconds) return failed(job, timedOutCode, `job ${job.jobId} has not ended within ${deps.timeoutSeconds} s`);
  return seen.percentComplete === job.percentComplete ? job : { ...job, percentComplete: seen.percentComplete };
};

/** Nothing of an archive is let go before all of it was converted. */
const released = async (deps: CheckConversionDeps, { inPlace }: Recording, archive: ReadArchiveOnce): Promise<Pick<Recording, 'archive'>> => {
  if (deps.archiveDays === 0 || inPlace !== undefined) return {};
  const { objects } = await archive();
  await deps.archive.release(objects);
  return { archive: { days: deps.archiveDays, stored: storedTogether(objects) } };
};

/** What it came to when no job is under way any more; the archive of what is READY is let go. */
const concluded = async (deps: CheckConversionDeps, recording: Recording, archive: ReadArchiveOnce): Promise<Recording> => {
  const result = await concludedRecording(deps, recording);
  return result.status === 'READY' ? { ...result, ...(await released(deps, recording, archive)) } : result;
};

const sourceOf = async (deps: CheckConversionDeps, recording: Recording): ReturnType<ReadArchiveOnce> =>
  recording.inPlace === undefined
    ? readArchive(deps)(recording.breakoutId)
    : { ...sourceInPlace(recording, await deps.cam.sessions.list(recording.breakoutId)), objects: [] };

const checked = async (deps: CheckConversionDeps, recording: Recording): Promise<Recording> => {
  let read: ReturnType<ReadArchiveOnce> | undefined;
  const archive: ReadArchiveOnce = () => (read ??= sourceOf(deps, recording));
  const jobs: RecordingJob[] = [];
  for (const job of recording.jobs) jobs.push(await looked(deps, recording, job, archive));
  if (jobs.some(({ status }) => status === 'SUBMITTED')) return jobs.every((job, index) => job === recording.jobs[index]) ? recording : { ...recording, jobs };
  return concluded(deps, { ...recording, jobs }, archive);
};

/**
 * Looks how a breakout's conversion stands and keeps what it found: progress; files and durations when all its jobs
 * have ended; the reason, in the service's words, when one failed for good or has taken too long. A job that failed by
 * what passes is made again. A recording that has ended is answered as it is.
 * @throws NotFoundError when none was submitted; UnavailableError
 */
export const checkConversion =
  (deps: CheckConversionDeps) =>
  async (breakoutId: string): Promise<Recording> => {
    const recording = await deps.recordings.get(breakoutId);
    if (!recording) throw new NotFoundError({ code: 'recording-not-found', message: `breakout ${breakoutId} has no recording: submit its conversion first` });
    if (recording.status !== 'PROCESSING') return recording;
    const found = await checked(deps, recording);
    // Before it is kept that the job is waited for no longer: whoever dies in between has it asked for all the same.
    if (hasUnendedJobs(found)) await deps.unended.note(breakoutId);
    if (found !== recording) await deps.recordings.save(found);
    tellFailed(deps, found);
    return found;
  };
