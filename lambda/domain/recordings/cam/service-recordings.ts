import type { Interval } from '../../usage/calendar-month.ts';

/** What IVS recorded by itself: of one stream, or of several that followed each other within the reconnect window. */
export interface ServiceRecording {
  /** Its folder, which ends in a slash. */
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absent while it grows. */
  readonly ended?: {
    readonly at: number;
    readonly durationMilliseconds: number;
    /** Why it broke off, in the service's words. */
    readonly failure?: string;
  };
  /** The playlist of all renditions; absent = nothing can be played. */
  readonly playlistKey?: string;
  readonly renditions: readonly { readonly name: string; readonly widthPixels: number; readonly heightPixels: number }[];
}

/** Knows what IVS has recorded. */
export interface ServiceRecordings {
  /** The recordings of a channel that began in a half-open interval, by their beginning. @throws UnavailableError */
  began(bucket: string, channelArn: string, interval: Interval): Promise<readonly ServiceRecording[]>;
}
