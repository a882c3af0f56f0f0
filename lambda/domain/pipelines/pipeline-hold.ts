import type { Interval } from '../usage/calendar-month.ts';

/** Who has a pipeline now: from the claim at the start until the playout tail of the show has ended. */
export interface PipelineHold {
  readonly pipelineId: string;
  readonly breakoutId: string;
  readonly attempt: number;
  readonly accountId: string;
  readonly claimedAt: string;
}

/** Reads and releases holds; taking one is part of starting a breakout. */
export interface PipelineHolds {
  /** The hold, if the pipeline is held. */
  get(pipelineId: string): Promise<PipelineHold | undefined>;
  /** Gives the pipeline and the booking back if this show still has them. Doing it twice changes nothing. */
  release(hold: Pick<PipelineHold, 'pipelineId' | 'breakoutId' | 'attempt'>): Promise<void>;
}

/** Knows who held pipelines, also after the release. */
export interface PastHolds {
  /** The last hold that was claimed up to a time, whether it has been released since or not. */
  lastClaimed(pipelineId: string, at: string): Promise<PipelineHold | undefined>;
}

/** Knows the holds of an interval. */
export interface HoldHistory {
  /** Holds that were claimed in a half-open interval, by time; they are forgotten after a month. */
  claimedIn(pipelineId: string, interval: Interval): Promise<readonly PipelineHold[]>;
}

/** Whether this show is the one that holds. */
export const isHeldBy = (hold: PipelineHold | undefined, show: { readonly breakoutId: string; readonly attempt: number }): boolean =>
  hold?.breakoutId === show.breakoutId && hold.attempt === show.attempt;
