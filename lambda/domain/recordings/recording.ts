import type { Page, PageRequest } from '../shared/page.ts';
import type { Interval } from '../usage/calendar-month.ts';
import type { ExpiringArchive } from './archive/archive-release.ts';
import type { StoredTogether } from './stored-intervals.ts';
import type { ConversionOutputClass } from '../pricing/conversion-rates.ts';

/** The states of a recording. NONE: there was nothing to convert. DELETED: its files are gone. */
export type RecordingStatus = 'NONE' | 'PROCESSING' | 'READY' | 'FAILED' | 'DELETED';

/** What a recording can be made in. */
export type RecordingFormat = 'HLS' | 'MP4' | 'AUDIO' | 'THUMBNAILS';

/** One rendition that a conversion made. */
export interface RecordingOutput {
  /** Unique in the job: `<group>-<output>`. */
  readonly name: string;
  /** Absent = the job has not told it. */
  readonly durationMilliseconds?: number;
  /** What the bill goes by. */
  readonly outputClass: ConversionOutputClass;
}

/** Why something failed, in the service's words. */
export interface RecordingFailure {
  readonly code: string;
  readonly message: string;
}

/** One conversion job of a recording: our own record of it, because the service forgets request tokens after a minute. */
export interface RecordingJob {
  /** An archive of more files than a job takes is converted in parts, from 1. */
  readonly part: number;
  /** How often this part was tried. */
  readonly tries: number;
  readonly status: 'SUBMITTED' | 'COMPLETE' | 'FAILED';
  readonly percentComplete: number;
  readonly submittedAt: string;
  /** Absent until the job is known to exist. */
  readonly jobId?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly outputs: readonly RecordingOutput[];
  readonly failure?: RecordingFailure;
}

/** A file that is opened to play or keep a recording, with all that it consists of. */
export interface RecordingFile {
  readonly format: RecordingFormat;
  readonly part: number;
  /** The playlist, the film, the sound, or the first picture. */
  readonly key: string;
  /** Of it and of every file that belongs to it. */
  readonly bytes: bigint;
  readonly objects: number;
}

/** What a service recorded by itself, where it put it. */
export interface RecordedInPlace {
  /** Ends in a slash. */
  readonly folder: string;
  /** What a conversion of it reads; absent = nothing can be made of it. */
  readonly playlistKey?: string;
  readonly durationMilliseconds: number;
  readonly renditions: readonly { readonly name: string; readonly widthPixels: number; readonly heightPixels: number }[];
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
  readonly formats: readonly RecordingFormat[];
  /** Where its files are. */
  readonly bucket: string;
  readonly keyPrefix: string;
  /** What the service of a Cam pipeline recorded by itself, in order; absent = nothing. */
  readonly inPlace?: readonly RecordedInPlace[];
  readonly submittedAt: string;
  readonly finishedAt?: string;
  /** By part. */
  readonly jobs: readonly RecordingJob[];
  /** What was converted of earlier attempts, and made anew since: their jobs are on the bill. Absent = nothing. */
  readonly earlierJobs?: readonly RecordingJob[];
  readonly files: readonly RecordingFile[];
  /** When a channel ran and nothing was archived; about as exact as the archive's files are long. */
  readonly gaps: readonly Interval[];
  /** What was archived twice, when a show went over to another pipeline. It is in the recording once. */
  readonly overlaps: readonly Interval[];
  /** The archive that it was made of, where that expires: kept, so that its storage is charged until then. */
  readonly archive?: ExpiringArchive;
  /** What was stored, kept when it is deleted, so that its storage is charged until then: bytes by when they were complete. */
  readonly deleted?: { readonly at: string; readonly stored: readonly StoredTogether[] };
  readonly failure?: RecordingFailure;
}

/** Where the recordings of a breakout are, whatever the bucket. */
export const recordingKeyPrefix = ({ accountId, eventId, breakoutId }: Pick<Recording, 'accountId' | 'eventId' | 'breakoutId'>): string =>
  `${accountId}/${eventId}/${breakoutId}/`;

/** Keeps recordings: one a breakout. */
export interface RecordingStore {
  get(breakoutId: string): Promise<Recording | undefined>;
  save(recording: Recording): Promise<void>;
  /** By event and breakout, in the order of their creation. */
  listByAccount(accountId: string, page: PageRequest): Promise<Page<Recording>>;
  listByEvent(accountId: string, eventId: string, page: PageRequest): Promise<Page<Recording>>;
}
