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

/** A first wait of about the settle poll of a stage with the default settle time. */
const firstWaitMilliseconds = 300_000;

/**
 * When metrics that came incomplete are read again: each wait is as long as all before it together, from five minutes
 * on, so that a settle time of half a day costs eight readings at most. In milliseconds since the epoch.
 */
export const rereadAt = (settled: number, readAt: number): number => readAt + Math.max(readAt - settled, firstWaitMilliseconds);
