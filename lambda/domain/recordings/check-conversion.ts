import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import { NotFoundError } from '../shared/errors.ts';
import type { ObjectListing } from '../usage/object-listing.ts';
import type { ConversionJob, ConversionJobs } from './conversion-jobs.ts';
import type { Recording, RecordingStore } from './recording.ts';

/** What checking a conversion needs. */
export interface CheckConversionDeps {
  readonly runs: Pick<ChannelRunStore, 'get'>;
  readonly objects: ObjectListing;
  readonly jobs: Pick<ConversionJobs, 'get'>;
  readonly recordings: RecordingStore;
  /** After which a job that has not ended counts as failed. */
  readonly timeoutSeconds: number;
  readonly now: () => Date;
}

const failed = (recording: Recording, code: string, message: string): Recording => ({ ...recording, status: 'FAILED', failure: { code, message } });

/** The highest frame rate that the channel encoded: what an output that follows its source has. */
const sourceFramesPerSecond = async ({ runs }: CheckConversionDeps, { breakoutId, attempt }: Recording): Promise<number | undefined> => {
  const rates = (await runs.get(breakoutId, attempt))?.channel.outputs.map(({ framesPerSecond }) => framesPerSecond) ?? [];
  return rates.length === 0 ? undefined : Math.max(...rates);
};

const ended = async (deps: CheckConversionDeps, recording: Recording, job: ConversionJob): Promise<Recording> => {
  const times = {
    ...(job.startedAt === undefined ? {} : { startedAt: job.startedAt }),
    finishedAt: job.finishedAt ?? deps.now().toISOString(),
  };
  if (job.status === 'FAILED') {
    return failed({ ...recording, ...times }, job.failure?.code ?? 'conversion-failed', job.failure?.message ?? `job ${job.jobId} ended without a result`);
  }
  const objects = await deps.objects.list(recording.bucket, recording.keyPrefix);
  return { ...recording, ...times, status: 'READY', outputs: job.outputs, files: objects.map(({ key, bytes }) => ({ key, bytes })) };
};

const looked = async (deps: CheckConversionDeps, recording: Recording): Promise<Recording> => {
  if (recording.jobId === undefined) return failed(recording, 'conversion-not-submitted', `no job was made for ${recording.breakoutId}`);
  const job = await deps.jobs.get(recording.jobId, await sourceFramesPerSecond(deps, recording));
  if (job.status !== 'RUNNING') return ended(deps, recording, job);
  const age = (deps.now().getTime() - Date.parse(recording.submittedAt)) / 1_000;
  if (age <= deps.timeoutSeconds) return recording;
  return failed(recording, 'conversion-timed-out', `job ${job.jobId} has not ended within ${deps.timeoutSeconds} s`);
};

/**
 * Looks how a breakout's conversion stands and keeps what it found: files and durations when it has ended, the reason
 * when it failed or has taken too long. A recording that has ended is answered as it is.
 * @throws NotFoundError when none was submitted; UnavailableError
 */
export const checkConversion =
  (deps: CheckConversionDeps) =>
  async (breakoutId: string): Promise<Recording> => {
    const recording = await deps.recordings.get(breakoutId);
    if (!recording) throw new NotFoundError({ code: 'recording-not-found', message: `breakout ${breakoutId} has no recording: submit its conversion first` });
    if (recording.status !== 'PROCESSING') return recording;
    const found = await looked(deps, recording);
    if (found !== recording) await deps.recordings.save(found);
    return found;
  };
