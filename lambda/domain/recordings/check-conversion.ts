import { InvalidInputError, NotFoundError } from '../shared/errors.ts';
import type { ConversionJob, ConversionJobs } from './conversion-jobs.ts';
import { archivedFramesPerSecond, readArchive, type ReadArchiveDeps, type ShowArchive } from './read-archive.ts';
import type { ArchiveRelease } from './archive/archive-release.ts';
import { storedTogether } from './stored-intervals.ts';
import { joinParts, type PlaylistFiles } from './join-parts.ts';
import { recordingFiles } from './recording-files.ts';
import type { Recording, RecordingFailure, RecordingJob, RecordingStore } from './recording.ts';
import { folderInPlace, recordedObjects } from './cam/in-place.ts';
import { sourceInPlace, streamedFramesPerSecond, type RecordShowDeps } from './cam/record-show.ts';
import { submitJob, type ConversionSource } from './submit-job.ts';

/** What checking a conversion needs. */
export interface CheckConversionDeps extends ReadArchiveDeps {
  readonly cam: Pick<RecordShowDeps['cam'], 'sessions'>;
  readonly jobs: ConversionJobs;
  readonly recordings: Pick<RecordingStore, 'get' | 'save'>;
  /** After which a job that has not ended counts as failed. */
  readonly timeoutSeconds: number;
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

const sourceFramesPerSecond = async (deps: CheckConversionDeps, { breakoutId, inPlace }: Recording): Promise<number | undefined> =>
  inPlace === undefined ? archivedFramesPerSecond(deps, breakoutId) : streamedFramesPerSecond(await deps.cam.sessions.list(breakoutId));

const looked = async (deps: CheckConversionDeps, recording: Recording, job: RecordingJob, archive: ReadArchiveOnce): Promise<RecordingJob> => {
  if (job.status !== 'SUBMITTED') return job;
  if (job.jobId === undefined) return failed(job, 'conversion-not-submitted', `no job was made for part ${job.part} of ${recording.breakoutId}`);
  const seen = await deps.jobs.get(job.jobId, await sourceFramesPerSecond(deps, recording));
  if (seen.status !== 'RUNNING') return ended(deps, recording, job, seen, archive);
  const age = (deps.now().getTime() - Date.parse(job.submittedAt)) / 1_000;
  if (age > deps.timeoutSeconds) return failed(job, 'conversion-timed-out', `job ${job.jobId} has not ended within ${deps.timeoutSeconds} s`);
  return seen.percentComplete === job.percentComplete ? job : { ...job, percentComplete: seen.percentComplete };
};

const failureOf = ({ jobs }: Recording): RecordingFailure | undefined =>
  jobs.length === 0 ? { code: 'conversion-not-submitted', message: 'no job was made: the archive was not read to its end' } : jobs.find(({ failure }) => failure)?.failure;

/** Nothing of an archive is let go before all of it was converted. */
const released = async (deps: CheckConversionDeps, { inPlace }: Recording, archive: ReadArchiveOnce): Promise<Pick<Recording, 'archive'>> => {
  if (deps.archiveDays === 0 || inPlace !== undefined) return {};
  const { objects } = await archive();
  await deps.archive.release(objects);
  return { archive: { days: deps.archiveDays, stored: storedTogether(objects) } };
};

/** What it came to when no job is under way any more; parts that were converted are there even if others failed. */
const concluded = async (deps: CheckConversionDeps, recording: Recording, archive: ReadArchiveOnce): Promise<Recording> => {
  await joinParts(deps.playlists, recording);
  const objects = await recordedObjects(deps.objects, recording.bucket, recording);
  const inPlace = recording.files.filter(({ key }) => folderInPlace(recording, key) !== undefined);
  const failure = failureOf(recording);
  const finishedAt = recording.jobs.map((job) => job.finishedAt ?? '').toSorted().at(-1) ?? '';
  return {
    ...recording,
    status: failure ? 'FAILED' : 'READY',
    finishedAt: finishedAt === '' ? deps.now().toISOString() : finishedAt,
    files: [...inPlace, ...recordingFiles(recording, objects)],
    ...(failure === undefined ? await released(deps, recording, archive) : { failure }),
  };
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
    if (found !== recording) await deps.recordings.save(found);
    return found;
  };
