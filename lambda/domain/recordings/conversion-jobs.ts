import type { FileClip } from './archive/clip-file.ts';
import type { RecordingFailure, RecordingFormat, RecordingOutput } from './recording.ts';

/** The most inputs that one job concatenates. Source: https://docs.aws.amazon.com/mediaconvert/latest/ug/limits.html */
export const mostInputs = 150;

/** A file of an archive. */
export interface ArchiveFile {
  readonly bucket: string;
  readonly key: string;
  /** Absent = all of it is used. */
  readonly clip?: FileClip;
}

/** Which conversion of a show: a try of a part of an attempt. */
export interface ConversionName {
  readonly breakoutId: string;
  readonly attempt: number;
  readonly part: number;
  readonly tries: number;
}

/** A conversion of an archive, or of a part of it. */
export interface ConversionRequest extends ConversionName {
  readonly eventId: string;
  readonly accountId: string;
  readonly formats: readonly RecordingFormat[];
  /** In the order in which they are joined. */
  readonly source: readonly ArchiveFile[];
  /** Renditions above it are not made; absent = not known. */
  readonly sourceHeightPixels?: number;
  readonly destination: { readonly bucket: string; readonly keyPrefix: string };
}

/** A job as the service tells it. */
export interface ConversionJob {
  readonly jobId: string;
  readonly status: 'RUNNING' | 'COMPLETE' | 'FAILED';
  readonly percentComplete: number;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly outputs: readonly RecordingOutput[];
  readonly failure?: RecordingFailure & {
    /** Whether the same again may succeed. */
    readonly isPassing: boolean;
  };
}

/** Submits and watches conversions. */
export interface ConversionJobs {
  /** Answers the job's id. @throws UnavailableError, InvalidInputError */
  submit(request: ConversionRequest): Promise<string>;
  /** The job that was submitted under this name, if there is one: the service forgets request tokens after a minute. */
  find(name: ConversionName): Promise<string | undefined>;
  /** `sourceFramesPerSecond` classes outputs that follow their source. @throws NotFoundError, UnavailableError */
  get(jobId: string, sourceFramesPerSecond: number | undefined): Promise<ConversionJob>;
}
