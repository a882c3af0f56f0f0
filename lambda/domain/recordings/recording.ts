import type { ConversionOutputClass } from '../pricing/conversion-rates.ts';

/** The states of a recording. NONE: there was nothing to convert, or none was asked for. */
export type RecordingStatus = 'NONE' | 'PROCESSING' | 'READY' | 'FAILED';

/** One rendition that a conversion made. */
export interface RecordingOutput {
  /** Unique in the job: `<group>-<output>`. */
  readonly name: string;
  readonly durationMilliseconds: number;
  /** What the bill goes by. */
  readonly outputClass: ConversionOutputClass;
}

/** A stored file of a recording. */
export interface RecordingFile {
  readonly key: string;
  readonly bytes: bigint;
}

/** The on-demand result of a breakout. Times are ISO 8601 UTC. */
export interface Recording {
  readonly recordingId: string;
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  /** The attempt of the breakout that it was recorded in. */
  readonly attempt: number;
  readonly status: RecordingStatus;
  /** Where its files are. */
  readonly bucket: string;
  readonly keyPrefix: string;
  readonly submittedAt: string;
  /** Absent until the job is known to exist. */
  readonly jobId?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly outputs: readonly RecordingOutput[];
  readonly files: readonly RecordingFile[];
  readonly failure?: { readonly code: string; readonly message: string };
}

/** Where the recordings of a breakout are, whatever the bucket. */
export const recordingKeyPrefix = ({ accountId, eventId, breakoutId }: Pick<Recording, 'accountId' | 'eventId' | 'breakoutId'>): string =>
  `${accountId}/${eventId}/${breakoutId}/`;

/** Keeps recordings: one a breakout. */
export interface RecordingStore {
  get(breakoutId: string): Promise<Recording | undefined>;
  save(recording: Recording): Promise<void>;
  /** Notes the job of a recording that does not know it yet; of another attempt, or without a recording, nothing. */
  noteJob(show: Pick<Recording, 'breakoutId' | 'attempt'>, jobId: string): Promise<void>;
}
