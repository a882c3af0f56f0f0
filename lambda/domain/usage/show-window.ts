import type { ShowRun } from '../breakouts/channel-run.ts';
import type { ShowLeg } from '../breakouts/show-leg.ts';
import { ceilMinute, floorMinute, type Interval } from './calendar-month.ts';

/** The times of a show's leg that metering goes by. */
export interface ShowWindows {
  /** The whole minutes from the run's start to the end of the playout tail: what the packager worked for it. */
  readonly packaging: Interval;
  /** The whole minutes in which it held the pipeline, from the claim on: each minute of a distribution is one show's. */
  readonly delivery: Interval;
}

const parsed = (at: string | undefined): number | undefined => (at === undefined ? undefined : Date.parse(at));

/** The windows of a leg that has stopped, up to `now` where its tail still runs; undefined when its channel never ran. */
export const legWindows = (leg: ShowLeg, run: ShowRun | undefined, now: number): ShowWindows | undefined => {
  const started = parsed(run?.started?.at);
  if (started === undefined) return undefined;
  const tailEnd = parsed(leg.tailEndsAt) ?? parsed(run?.ended?.at) ?? parsed(leg.stoppedAt) ?? now;
  const to = Math.max(floorMinute(started), Math.min(ceilMinute(tailEnd), ceilMinute(now)));
  const claimed = Math.min(Date.parse(leg.startRequestedAt), started);
  return { packaging: { from: floorMinute(started), to }, delivery: { from: floorMinute(claimed), to } };
};
