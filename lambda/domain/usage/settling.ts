import type { Breakout } from '../breakouts/breakout.ts';
import { ceilMinute } from './calendar-month.ts';

/**
 * Up to when a show's storage is counted by its final profile: when its sources count as settled. From the show's own
 * times, so that measuring again gives the same.
 */
export const settledAt = ({ stoppedAt, tailEndsAt }: Pick<Breakout, 'stoppedAt' | 'tailEndsAt'>, settleSeconds: number): number | undefined => {
  if (stoppedAt === undefined) return undefined;
  return Math.max(Date.parse(stoppedAt) + settleSeconds * 1_000, ceilMinute(Date.parse(tailEndsAt ?? stoppedAt)));
};

/**
 * When waiting for sources that are still incomplete ends: one more settle time, at least a minute. The profile is
 * final then, with its completeness shown.
 */
export const settleBound = (settled: number, settleSeconds: number): number => settled + Math.max(settleSeconds, 60) * 1_000;
