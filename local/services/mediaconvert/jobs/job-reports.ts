import type { EventSink, MetricSink } from '../../../runtime/ports.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { JobRecord, OutputResult } from '../records.ts';

/** Tells EventBridge and CloudWatch what jobs do. */
export class JobReports {
  readonly #events: EventSink;
  readonly #metrics: MetricSink;
  readonly #owner: ResourceOwner;

  constructor(events: EventSink, metrics: MetricSink, owner: ResourceOwner) {
    this.#events = events;
    this.#metrics = metrics;
    this.#owner = owner;
  }

  submitted(job: JobRecord): void {
    this.#count(job, 'JobsSubmittedCount');
  }

  progressing(job: JobRecord, now: number): void {
    this.#emit(job, now, {});
  }

  statusUpdate(job: JobRecord, now: number): void {
    this.#emit(job, now, { status: 'STATUS_UPDATE', jobProgress: { jobPercentComplete: job.percentComplete, currentPhase: job.phase ?? 'PROBING', retryCount: 0 } });
  }

  /** Reports a job's end: its event, and the metrics that MediaConvert sends when a job has ended. */
  ended(job: JobRecord, now: number): void {
    const { startedAt = now, submittedAt } = job;
    this.#emit(job, now, {
      ...(job.error === undefined ? {} : { errorCode: job.error.code, errorMessage: job.error.message }),
      ...(job.results === undefined ? {} : { warnings: [], outputGroupDetails: job.results.map(groupDetail) }),
    });
    this.#count(job, job.status === 'COMPLETE' ? 'JobsCompletedCount' : job.status === 'CANCELED' ? 'JobsCanceledCount' : 'JobsErroredCount');
    this.#record(job, 'StandbyTime', startedAt - submittedAt, 'Milliseconds');
    this.#record(job, 'TranscodingTime', now - startedAt, 'Milliseconds');
    for (const result of job.results?.flat() ?? []) this.#record(job, durationMetric(result), result.durationMilliseconds, 'Milliseconds');
  }

  #emit(job: JobRecord, now: number, more: Readonly<Record<string, unknown>>): void {
    this.#events.emit({
      source: 'aws.mediaconvert',
      detailType: 'MediaConvert Job State Change',
      resources: [arnOf(this.#owner, 'jobs', job.id)],
      detail: { timestamp: now, accountId: this.#owner.accountId, queue: job.queueArn, jobId: job.id, status: job.status, userMetadata: { ...job.userMetadata }, ...more },
    });
  }

  #count(job: JobRecord, name: string): void {
    this.#record(job, name, 1, 'Count');
  }

  #record(job: JobRecord, name: string, value: number, unit: string): void {
    this.#metrics.record({ namespace: 'AWS/MediaConvert', name, dimensions: { Queue: job.queueArn }, value, unit });
  }
}

const groupDetail = (results: readonly OutputResult[]) => ({
  type: results[0]?.groupPlaylist === undefined ? 'FILE_GROUP' : 'HLS_GROUP',
  ...(results[0]?.groupPlaylist === undefined ? {} : { playlistFilePaths: [results[0].groupPlaylist] }),
  outputDetails: results.map(({ path, durationMilliseconds, bytes, widthPixels, heightPixels }) => ({
    outputFilePaths: [path],
    durationInMs: durationMilliseconds,
    ...(widthPixels === undefined ? {} : { videoDetails: { widthInPx: widthPixels, heightInPx: heightPixels, averageBitrate: durationMilliseconds === 0 ? 0 : Math.round((bytes * 8000) / durationMilliseconds) } }),
  })),
});

const durationMetric = ({ heightPixels: height }: OutputResult): string => {
  if (height === undefined) return 'AudioOutputDuration';
  if (height < 720) return 'SDOutputDuration';
  if (height <= 1080) return 'HDOutputDuration';
  return height <= 2160 ? 'UHDOutputDuration' : '8KOutputDuration';
};
