import type { Clock } from '../../runtime/clock.ts';

/** Timers cannot be longer than 24.8 days. */
const longestMilliseconds = 86_400_000;

/** Resolves at a time however far away, at once when it has passed or when the signal aborts. */
export const sleepUntil = async (clock: Clock, time: number, signal: AbortSignal): Promise<void> => {
  do await clock.sleep(Math.min(Math.max(time - clock.now(), 0), longestMilliseconds), signal);
  while (!signal.aborted && clock.now() < time);
};
