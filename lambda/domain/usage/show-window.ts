import type { Breakout } from '../breakouts/breakout.ts';
import type { ChannelRun } from '../breakouts/channel-run.ts';
import { ceilMinute, floorMinute, type Interval } from './calendar-month.ts';

/** The times of a show that metering goes by. */
export interface ShowWindows {
  /** The whole minutes from the first run's start to the end of the playout tail: what the packager worked for it. */
  readonly packaging: Interval;
  /** The whole minutes in which it held the pipeline, from the claim on: each minute of a distribution is one show's. */
  readonly delivery: Interval;
}

const parsed = (at: string | undefined): number | undefined => (at === undefined ? undefined : Date.parse(at));

/** When a show's channel was last seen to stop; undefined while it runs. */
const showEndedAt = (breakout: Breakout, runs: readonly ChannelRun[]): number | undefined => {
  const ends = runs.flatMap(({ ended }) => (ended ? [Date.parse(ended.at)] : []));
  const stopped = parsed(breakout.stoppedAt);
  return ends.length > 0 ? Math.max(...ends) : stopped;
};

/** The windows of a show that has stopped, up to `now` where its tail still runs; undefined when its channel never ran. */
export const showWindows = (breakout: Breakout, runs: readonly ChannelRun[], now: number): ShowWindows | undefined => {
  const starts = runs.flatMap(({ started }) => (started ? [Date.parse(started.at)] : []));
  if (starts.length === 0) return undefined;
  const first = Math.min(...starts);
  const tailEnd = parsed(breakout.tailEndsAt) ?? showEndedAt(breakout, runs) ?? now;
  const to = Math.max(floorMinute(first), Math.min(ceilMinute(tailEnd), ceilMinute(now)));
  const claimed = Math.min(parsed(breakout.startRequestedAt) ?? first, first);
  return { packaging: { from: floorMinute(first), to }, delivery: { from: floorMinute(claimed), to } };
};
