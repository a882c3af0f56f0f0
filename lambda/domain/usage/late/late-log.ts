import { dayInterval, dayMilliseconds, dayOf } from '../calendar-day.ts';
import type { DeliveryLogRow } from '../delivery-log.ts';

/** A log file that came when what it tells of may have been booked as final already. */
export interface LateLog {
  readonly distributionId: string;
  /** Its key. */
  readonly source: string;
  /** From its first late minute to the end of its last one, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** When it was counted, milliseconds since the epoch. */
  readonly countedAt: number;
}

/** The late logs whose traffic is still to be booked. Whoever keeps a file's totals notes with them, at once, that it came late. */
export interface LateLogs {
  /** All that wait, those of the earliest traffic first. */
  list(): Promise<readonly LateLog[]>;
  /** Everything that it tells is booked. */
  forget(log: Pick<LateLog, 'distributionId' | 'source'>): Promise<void>;
}

/** A row's minute is its beginning; where it is of a recording, its hour's. */
const longestRowMilliseconds = 3_600_000;

/** Logs of a day that comes are counted until a day after it; half of that is left for whoever counts. */
const mostMilliseconds = 43_200_000;

/**
 * How old traffic is, at least, when something that it belongs to can be final: nothing is before the settle time is over
 * that begins with a show's stop. Half of that, so that who measures meanwhile is not missed. In milliseconds.
 */
export const lateAfterMilliseconds = (settleSeconds: number): number => Math.min(settleSeconds * 500, mostMilliseconds);

/** From when to when a file's late traffic was, counted at an instant; undefined when it came in time. */
export const lateTraffic = (rows: readonly Pick<DeliveryLogRow, 'minute'>[], countedAt: number, afterMilliseconds: number): Pick<LateLog, 'from' | 'to' | 'countedAt'> | undefined => {
  const late = rows.map(({ minute }) => minute).filter((minute) => minute + afterMilliseconds <= countedAt);
  if (late.length === 0) return undefined;
  const [from, last] = late.reduce(([least, most], minute) => [Math.min(least, minute), Math.max(most, minute)], [Infinity, -Infinity]);
  return { from, to: last + longestRowMilliseconds, countedAt };
};

/** The UTC days of which a distribution's logs came late. */
export const lateDays = (logs: readonly LateLog[], distributionId: string): readonly string[] => {
  const daysOf = ({ from, to }: LateLog): readonly string[] => Array.from({ length: (dayInterval(dayOf(to - 1)).to - dayInterval(dayOf(from)).from) / dayMilliseconds }, (_, index) => dayOf(from + index * dayMilliseconds));
  return [...new Set(logs.filter((log) => log.distributionId === distributionId).flatMap(daysOf))].sort();
};
