import type { Breakout } from '../breakout.ts';
import type { ShowRun } from '../channel-run.ts';

/** Why a show ended before its time. The code is the kind of the error that its execution caught. */
export type ShowFailure = NonNullable<Breakout['failure']>;

/**
 * How a show that cannot go on ends, with nothing of it running any more.
 *
 * | what happened                                                           | the breakout is |
 * |---|---|
 * | it was aborted                                                          | ABORTED   |
 * | its channel ran                                                         | FAILED    |
 * | the channel was in another state (409), and nobody asked for a stop      | SCHEDULED |
 * | the channel did not come up, or fell back (`channel-failed`)             | FAILED    |
 * | a service was throttled or away for longer than the retries (`unavailable`) | FAILED |
 * | its execution died (`execution-lost`), or anything else                  | FAILED    |
 *
 * SCHEDULED is what can be started again at once: the service refused to touch the pipeline. A show that has changed
 * its pipeline has been on before and is not returned.
 */
export const statusAfterFailure = (breakout: Breakout, run: ShowRun | undefined, { code }: ShowFailure): 'ABORTED' | 'FAILED' | 'SCHEDULED' => {
  if (breakout.stopReason === 'ABORTED') return 'ABORTED';
  const isUntouched = breakout.status === 'STARTING' && run?.started === undefined && breakout.earlierLegs === undefined;
  return isUntouched && code === 'conflict' && breakout.stopRequestedAt === undefined ? 'SCHEDULED' : 'FAILED';
};
