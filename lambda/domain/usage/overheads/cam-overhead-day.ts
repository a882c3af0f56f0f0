import type { CamChannelType } from '../../pricing/cam-rates.ts';
import type { WatchedClasses } from '../meters/cam-output-lines.ts';
import type { CountedDay, CountedDays } from './overhead-day.ts';

/** What of a Cam pipeline's UTC day no show bears: it was streamed and watched while none had the pipeline. In milliseconds. */
export interface CamOverheadDay extends CountedDay {
  readonly region: string;
  readonly channelArn: string;
  /** The channel as it was when the day was counted. */
  readonly channelType: CamChannelType;
  /** The time of stream sessions that are no show's, in the whole day. */
  readonly streamedMilliseconds: bigint;
  /** What the channel took in. */
  readonly inputMilliseconds: bigint;
  /** Minutes of it that have no point and count by the stream sessions. */
  readonly minutesBySessions: number;
  /** What viewers were delivered, all together; null = the source has no point although somebody streamed. */
  readonly deliveredMilliseconds: bigint | null;
  readonly deliveredByCountry: readonly { readonly country: string; readonly milliseconds: bigint }[];
  /** What the renditions can have been. */
  readonly classes: WatchedClasses;
  /** Whether the metrics are said to be all. */
  readonly isComplete: boolean;
}

/** Keeps days of what Cam pipelines streamed for nobody. */
export type CamOverheadDays = CountedDays<CamOverheadDay>;
