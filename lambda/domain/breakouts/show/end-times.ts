import { type Pipeline, playoutTailSeconds } from '../../pipelines/pipeline.ts';
import { ceilMinute, later, secondsAfter } from '../../shared/time.ts';
import type { ShowRun } from '../channel-run.ts';

/** When what is left of a show's leg ends. */
export interface EndTimes {
  /** When its channel was idle; absent when it was never told to start. */
  readonly stoppedAt?: string;
  /** When the last viewer can have played the last segment. */
  readonly tailEndsAt: string;
  /** When the pipeline is free: minute-aligned metering windows of neighbours must not overlap. */
  readonly releasesAt: string;
  /** When usage can be final. */
  readonly settlesAt: string;
}

// An event that tells of a few seconds of running may still be on its way.
const lateEventSeconds = 60;

/** When a leg ends whose channel is idle: at `at`, unless its run knows better. A channel that never ran has no tail, no viewers and no usage. */
export const endTimes = (run: ShowRun | undefined, pipeline: Pipeline, settleSeconds: number, at: string): EndTimes => {
  if (run === undefined) return { tailEndsAt: at, releasesAt: at, settlesAt: at };
  const stoppedAt = run.ended?.at ?? at;
  const tailEndsAt = run.started === undefined ? stoppedAt : secondsAfter(stoppedAt, playoutTailSeconds(pipeline));
  const releasesAt = ceilMinute(run.started === undefined ? secondsAfter(stoppedAt, lateEventSeconds) : tailEndsAt);
  return { stoppedAt, tailEndsAt, releasesAt, settlesAt: later(releasesAt, secondsAfter(stoppedAt, settleSeconds)) };
};

/** The times that are kept with the breakout, or with the leg that it has left. */
export const endMarks = ({ stoppedAt, tailEndsAt }: EndTimes): { readonly stoppedAt?: string; readonly tailEndsAt?: string } =>
  stoppedAt === undefined ? {} : { stoppedAt, tailEndsAt };
