import { NotFoundError } from '../shared/errors.ts';
import type { StreamSessionStore } from '../breakouts/cam/stream-session.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import { concludedRecording, type ConcludeRecordingDeps } from './conclude-recording.ts';
import type { ConversionJobs } from './conversion-jobs.ts';
import type { Recording, RecordingJob, RecordingStore } from './recording.ts';
import { sourceFramesPerSecond } from './source-frame-rate.ts';
import { hasUnendedJobs, isUnended, type UnendedConversions } from './unended-jobs.ts';

/** What following conversions that were given up needs. */
export interface FollowGivenUpDeps extends ConcludeRecordingDeps {
  readonly unended: Pick<UnendedConversions, 'list' | 'forget'>;
  readonly recordings: Pick<RecordingStore, 'get' | 'save'>;
  readonly jobs: Pick<ConversionJobs, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'list'>;
  readonly cam: { readonly sessions: Pick<StreamSessionStore, 'list'> };
  /** Books the minutes of all its jobs that have ended well; false = its own measurement is still to come, which does. Repeatable. @throws UnavailableError */
  readonly bookConversions: (recording: Recording) => Promise<boolean>;
}

/** What came of it. */
export interface FollowedGivenUp {
  /** Breakouts of which all is known and booked now. */
  readonly ended: readonly string[];
  readonly failed: readonly { readonly breakoutId: string; readonly error: unknown }[];
}

/** How the service says now that a job ended; as it was while it goes on. What the service has forgotten has not ended well for anybody. */
const lookedAgain = async ({ jobs }: FollowGivenUpDeps, job: RecordingJob, framesPerSecond: number | undefined): Promise<RecordingJob> => {
  const { jobId, failure: _givenUp, ...rest } = job;
  if (jobId === undefined || !isUnended(job)) return job;
  try {
    const seen = await jobs.get(jobId, framesPerSecond);
    if (seen.status === 'RUNNING') return job;
    const times = { ...(seen.startedAt === undefined ? {} : { startedAt: seen.startedAt }), ...(seen.finishedAt === undefined ? {} : { finishedAt: seen.finishedAt }) };
    if (seen.status === 'COMPLETE') return { ...rest, jobId, ...times, status: 'COMPLETE', percentComplete: 100, outputs: seen.outputs };
    const { code, message } = seen.failure ?? { code: 'conversion-failed', message: `job ${jobId} ended without a result` };
    return { ...rest, jobId, ...times, status: 'FAILED', failure: { code, message } };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { ...rest, jobId, status: 'FAILED', failure: { code: error.code, message: error.message } };
  }
};

const allLookedAgain = async (deps: FollowGivenUpDeps, recording: Recording): Promise<Recording> => {
  const framesPerSecond = await sourceFramesPerSecond(deps, recording);
  const look = (jobs: readonly RecordingJob[]): Promise<readonly RecordingJob[]> => Promise.all(jobs.map((job) => lookedAgain(deps, job, framesPerSecond)));
  const [jobs, earlierJobs] = [await look(recording.jobs), recording.earlierJobs && (await look(recording.earlierJobs))];
  return { ...recording, jobs, ...(earlierJobs === undefined ? {} : { earlierJobs }) };
};

const isSame = (one: Recording, other: Recording): boolean => [...one.jobs, ...(one.earlierJobs ?? [])].every((job, index) => job === [...other.jobs, ...(other.earlierJobs ?? [])][index]);

/** A film that comes late is there all the same, unless the recording was deleted meanwhile. */
const withLateFilm = async (deps: FollowGivenUpDeps, looked: Recording): Promise<Recording> => {
  const { failure: _givenUp, ...rest } = looked;
  return looked.status === 'FAILED' && !hasUnendedJobs(looked) ? concludedRecording(deps, rest) : looked;
};

/** Asks how one went. Answers whether nothing is left to ask or to book. */
const follow = async (deps: FollowGivenUpDeps, breakoutId: string): Promise<boolean> => {
  const kept = await deps.recordings.get(breakoutId);
  if (kept === undefined || kept.status === 'PROCESSING') return kept === undefined;
  const looked = await allLookedAgain(deps, kept);
  const found = isSame(looked, kept) ? kept : await withLateFilm(deps, looked);
  if (found !== kept) await deps.recordings.save(found);
  const isOpen = hasUnendedJobs(found);
  if (isOpen && found === kept) return false;
  // Also when nothing is new: who looked last may have died before it was booked.
  const isBooked = await deps.bookConversions(found);
  return isBooked && !isOpen;
};

/**
 * Asks MediaConvert how the conversions ended that were given up: it may end them later all the same, and bills what it made. The
 * minutes are booked then, and the film is there. A job goes on for two days at most, and is known for 90, so that
 * this ends by itself; archives of what was given up are kept. One that cannot be followed keeps no other from being, and is asked for again.
 * Source: https://docs.aws.amazon.com/mediaconvert/latest/ug/ev_status_progressing.html
 */
export const followGivenUp =
  (deps: FollowGivenUpDeps) =>
  async (): Promise<FollowedGivenUp> => {
    const ended: string[] = [];
    const failed: { breakoutId: string; error: unknown }[] = [];
    for (const breakoutId of await deps.unended.list()) {
      try {
        if (!(await follow(deps, breakoutId))) continue;
        await deps.unended.forget(breakoutId);
        ended.push(breakoutId);
      } catch (error) {
        failed.push({ breakoutId, error });
      }
    }
    return { ended, failed };
  };
