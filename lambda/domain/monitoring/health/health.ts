import type { Breakout } from '../../breakouts/breakout.ts';
import type { ChannelState } from '../../pipelines/channel-control.ts';
import type { ListedAlert, Thumbnail } from '../channel-watch.ts';

/** What is watched of each pipeline of a channel, with its unit in its name. */
export const watchedFigures = ['inputFramesPerSecond', 'droppedFrames', 'inputMegabitsPerSecond', 'outputMegabitsPerSecond', 'openAlerts'] as const;

/** What is watched of a Cam pipeline. */
export const watchedStreamFigures = ['inputFramesPerSecond', 'inputMegabitsPerSecond', 'keyFrameSeconds', 'viewers'] as const;

export type WatchedFigure = (typeof watchedFigures)[number];

export type WatchedStreamFigure = (typeof watchedStreamFigures)[number];

/** A figure of one pipeline over the window; null where there is no data, which is not 0. */
export interface HealthSeries {
  readonly pipeline: string;
  readonly figure: WatchedFigure | WatchedStreamFigure;
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

/** The stream to a Cam pipeline, by the service's look at it and its latest figures; null = there is no data. */
export interface StreamHealth {
  readonly streamId: string;
  readonly startedAt: string;
  /** The service's own word: a stream starves when too little arrives of it. */
  readonly state: 'HEALTHY' | 'STARVING' | 'UNKNOWN';
  readonly viewers: number;
  readonly framesPerSecond: number | null;
  readonly megabitsPerSecond: number | null;
  readonly keyFrameSeconds: number | null;
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
  /** Of a Pro show. */
  readonly pipelines: readonly PipelineHealth[];
  /** Of a Cam show alone; null = nobody streams now. */
  readonly stream?: StreamHealth | null;
  readonly alerts: readonly ListedAlert[];
  /** Absent = its channel has not run in the last three hours. */
  readonly window?: WatchedWindow;
}
