import { join } from 'node:path';
import type { Clock, TimeScale } from '../../../runtime/clock.ts';
import { nameOf } from '../arns.ts';
import { conflict, notFound } from '../faults.ts';
import type { JobRecord, MediaConvertRecords } from '../records.ts';
import { readJobPlan } from '../settings/read-job-plan.ts';
import { convert, type ConversionTools } from './convert.ts';
import { failureCodes, JobFailure } from './job-failure.ts';
import type { JobReports } from './job-reports.ts';

/** What a queue of jobs works with. */
export interface JobQueueOptions {
  readonly records: MediaConvertRecords;
  readonly reports: JobReports;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly tools: ConversionTools;
  readonly mediaFolder: string;
}

/** How long AWS takes to begin with a job. */
const standbyMilliseconds = 5000;
const shortestUpdateMilliseconds = 1000;

/** Runs jobs one after the other, over all queues: this machine has two cores. */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #closing = new AbortController();
  #running: { readonly jobId: string; readonly cancel: AbortController } | undefined;
  #work: Promise<void> | undefined;

  constructor(options: JobQueueOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left unfinished, from its beginning. */
  resume(): void {
    for (const job of this.#options.records.jobs.values()) if (job.status === 'PROGRESSING') this.#change(job.id, { status: 'SUBMITTED', percentComplete: 0 });
    this.wake();
  }

  submit(job: JobRecord): void {
    this.#options.records.jobs.put(job.id, job);
    this.#options.reports.submitted(job);
    this.wake();
  }

  /** Throws when the job has ended. */
  cancel(jobId: string): void {
    const job = this.#options.records.jobs.get(jobId);
    if (job === undefined) throw notFound('job', jobId);
    if (job.status !== 'SUBMITTED' && job.status !== 'PROGRESSING') throw conflict(`cannot cancel job ${jobId}: it is ${job.status}, expected SUBMITTED or PROGRESSING`);
    this.#finish(jobId, { status: 'CANCELED' });
    if (this.#running?.jobId === jobId) this.#running.cancel.abort();
  }

  /** Begins to work when there is anything to do. */
  wake(): void {
    this.#work ??= this.#drain().finally(() => {
      this.#work = undefined;
      if (!this.#closing.signal.aborted && this.#next() !== undefined) this.wake();
    });
  }

  /** Ends the running conversion; its job begins anew at the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#running?.cancel.abort();
    await this.#work;
  }

  async #drain(): Promise<void> {
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      await this.#options.clock.sleep(this.#options.scale.scaled(standbyMilliseconds), this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      if (this.#options.records.jobs.get(job.id)?.status === 'SUBMITTED') await this.#run(job);
    }
  }

  #next(): JobRecord | undefined {
    const { jobs, queues } = this.#options.records;
    return [...jobs.values()].find(({ status, queueArn }) => status === 'SUBMITTED' && queues.get(nameOf(queueArn))?.status !== 'PAUSED');
  }

  async #run({ id, roleArn, settings, statusUpdateSeconds }: JobRecord): Promise<void> {
    const { clock, reports, tools, mediaFolder } = this.#options;
    const cancel = new AbortController();
    this.#running = { jobId: id, cancel };
    const started = this.#change(id, { status: 'PROGRESSING', startedAt: clock.now() });
    if (started !== undefined) reports.progressing(started, clock.now());
    void this.#reportProgress(id, statusUpdateSeconds, cancel.signal);
    try {
      const results = await convert({
        jobId: id, roleArn, plan: readJobPlan(settings), folder: join(mediaFolder, 'mediaconvert', id), signal: cancel.signal,
        onPhase: (phase) => void this.#change(id, { phase }),
        onPercent: (percentComplete) => void this.#change(id, { percentComplete }),
      }, tools);
      this.#finish(id, { status: 'COMPLETE', percentComplete: 100, results });
    } catch (error) {
      if (!cancel.signal.aborted) this.#finish(id, { status: 'ERROR', error: describe(error) });
    } finally {
      cancel.abort();
      this.#running = undefined;
    }
  }

  async #reportProgress(id: string, seconds: number, signal: AbortSignal): Promise<void> {
    const { clock, scale, reports, records } = this.#options;
    for (;;) {
      await clock.sleep(Math.max(shortestUpdateMilliseconds, scale.scaled(seconds * 1000)), signal);
      const job = records.jobs.get(id);
      if (signal.aborted || job === undefined) return;
      reports.statusUpdate(job, clock.now());
    }
  }

  #finish(id: string, change: Partial<JobRecord>): void {
    const now = this.#options.clock.now();
    const job = this.#change(id, { ...change, finishedAt: now });
    if (job !== undefined) this.#options.reports.ended(job, now);
  }

  #change(id: string, change: Partial<JobRecord>): JobRecord | undefined {
    const job = this.#options.records.jobs.get(id);
    if (job === undefined || job.status === 'CANCELED') return undefined;
    const changed = { ...job, ...change };
    this.#options.records.jobs.put(id, changed);
    return changed;
  }
}

const describe = (error: unknown): { readonly code: number; readonly message: string } =>
  error instanceof JobFailure ? { code: error.code, message: error.message } : { code: failureCodes.other, message: error instanceof Error ? error.message : String(error) };
