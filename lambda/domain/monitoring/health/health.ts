import type { Breakout } from '../../breakouts/breakout.ts';
import type { ChannelState } from '../../pipelines/channel-control.ts';
import type { ListedAlert, Thumbnail } from '../channel-watch.ts';

/** What is watched of each pipeline of a channel, with its unit in its name. */
export const watchedFigures = ['inputFramesPerSecond', 'droppedFrames', 'inputMegabitsPerSecond', 'outputMegabitsPerSecond', 'openAlerts'] as const;

export type WatchedFigure = (typeof watchedFigures)[number];

/** A figure of one pipeline over the window; null where there is no data, which is not 0. */
export interface HealthSeries {
  readonly pipeline: string;
  readonly figure: WatchedFigure;
  readonly values: readonly (number | null)[];
}

/** Series of one window, a value a period. */
export interface WatchedWindow {
  readonly from: string;
  readonly to: string;
  readonly periodSeconds: number;
  /** Whether the service said that this is all. */
  readonly isComplete: boolean;
  readonly series: readonly HealthSeries[];
}

/** Whether an encoder arrives, as far as can be known, and how it is known. */
export interface InputHealth {
  readonly name: string;
  readonly arriving: 'YES' | 'NO' | 'UNKNOWN';
  readonly reason: string;
  /** The pipelines that take it now. */
  readonly activeOnPipelines: readonly string[];
}

/** One pipeline of the channel, by its latest figures; null = there is no data. */
export interface PipelineHealth {
  readonly pipeline: string;
  readonly activeInput: string | null;
  readonly inputFramesPerSecond: number | null;
  /** In the five minutes before. */
  readonly droppedFrames: number | null;
  readonly inputMegabitsPerSecond: number | null;
  readonly outputMegabitsPerSecond: number | null;
  readonly thumbnail: Thumbnail | null;
}

/** How it goes, in words. */
export interface Verdict {
  readonly level: 'GOOD' | 'WARNING' | 'BAD' | 'WAITING' | 'NOT_RUNNING';
  readonly summary: string;
  readonly reasons: readonly string[];
  /** What the person who asks should do now. */
  readonly nextStep: string;
}

/** How a show is. */
export interface Health {
  readonly breakout: Breakout;
  /** Absent = the show has no channel now. */
  readonly channelState?: ChannelState;
  readonly verdict: Verdict;
  readonly inputs: readonly InputHealth[];
  readonly pipelines: readonly PipelineHealth[];
  readonly alerts: readonly ListedAlert[];
  /** Absent = its channel has not run in the last three hours. */
  readonly window?: WatchedWindow;
}
