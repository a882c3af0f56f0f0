import type { RecordingOutput } from './recording.ts';

/** The most inputs that one job concatenates. Source: https://docs.aws.amazon.com/mediaconvert/latest/ug/limits.html */
export const mostInputs = 150;

/** A file of an archive. */
export interface ArchiveFile {
  readonly bucket: string;
  readonly key: string;
}

/** A conversion of an archive. */
export interface ConversionRequest {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly attempt: number;
  /** In the order in which they are joined. */
  readonly source: readonly ArchiveFile[];
  readonly destination: { readonly bucket: string; readonly keyPrefix: string };
}

/** A job as the service tells it. */
export interface ConversionJob {
  readonly jobId: string;
  readonly status: 'RUNNING' | 'COMPLETE' | 'FAILED';
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly outputs: readonly RecordingOutput[];
  readonly failure?: { readonly code: string; readonly message: string };
}

/** Submits and watches conversions. */
export interface ConversionJobs {
  /** Answers the job's id. @throws UnavailableError, InvalidInputError */
  submit(request: ConversionRequest): Promise<string>;
  /** The job that was submitted for a breakout's attempt, if there is one: the service forgets request tokens after a minute. */
  find(show: { readonly breakoutId: string; readonly attempt: number }): Promise<string | undefined>;
  /** `sourceFramesPerSecond` classes outputs that follow their source. @throws NotFoundError, UnavailableError */
  get(jobId: string, sourceFramesPerSecond: number | undefined): Promise<ConversionJob>;
}
