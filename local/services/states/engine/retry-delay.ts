import type { Retrier } from '../asl/state-schemas.ts';

/** Milliseconds until the next attempt, after `used` retries of this retrier; `random` is at least 0 and less than 1. */
export const retryDelay = (retrier: Pick<Retrier, 'IntervalSeconds' | 'BackoffRate' | 'MaxDelaySeconds' | 'JitterStrategy'>, used: number, random: number): number => {
  const seconds = Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** used, retrier.MaxDelaySeconds ?? Infinity);
  return Math.round(seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? random : 1));
};
