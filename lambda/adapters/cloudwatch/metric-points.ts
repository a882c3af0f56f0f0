import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { floorMinute, minuteMilliseconds, type Interval } from '../../domain/usage/calendar-month.ts';

/** Sums that have been read of one metric: by minute, with the service's word on whether that is all. */
export interface ReadPoints {
  readonly byMinute: Map<number, bigint>;
  /** Minutes of points that cannot be: they have no value, whatever else is told of them. */
  readonly refused: Set<number>;
  isComplete: boolean;
}

/** Nothing, until something is read. */
export const noPoints = (): ReadPoints => ({ byMinute: new Map(), refused: new Set(), isComplete: false });

/** A sum of bytes, counts or time: whole, none below 0, and none that a number does not hold exactly; undefined of all else. */
const sumOfPoint = (value: number | undefined, scale: number | undefined): bigint | undefined => {
  if (value === undefined) return undefined;
  const scaled = scale === undefined ? value : Math.round(value * scale);
  return Number.isSafeInteger(scaled) && scaled >= 0 ? BigInt(scaled) : undefined;
};

const addPoint = ({ byMinute, refused }: ReadPoints, at: number, sum: bigint | undefined): void => {
  const minute = floorMinute(at);
  const known = byMinute.get(minute);
  const isSame = known === undefined || known === sum;
  if (sum !== undefined && minute === at && isSame && !refused.has(minute)) {
    byMinute.set(minute, sum);
    return;
  }
  byMinute.delete(minute);
  refused.add(minute);
};

/**
 * Adds one page of a result, times its metric's scale. A point that is negative, no whole number, not on its minute, or told twice
 * with different values is refused: it is netted against nothing, and taken for nothing.
 */
export const addResult = (read: ReadPoints, { Timestamps = [], Values = [], StatusCode }: MetricDataResult, scale: number | undefined): void => {
  Timestamps.forEach((timestamp, index) => addPoint(read, timestamp.getTime(), sumOfPoint(Values[index], scale)));
  // Pages before the last say PartialData; the last word counts.
  read.isComplete = StatusCode === 'Complete';
};

/** One value a minute of the window, null where there is no point. */
export const valuesIn = ({ byMinute }: ReadPoints, { from, to }: Interval): readonly (bigint | null)[] =>
  Array.from({ length: (to - from) / minuteMilliseconds }, (_, index) => byMinute.get(from + index * minuteMilliseconds) ?? null);

/** The minutes of the window whose points were refused, in order. */
export const refusedIn = ({ refused }: ReadPoints, { from, to }: Interval): readonly number[] => [...refused].filter((minute) => minute >= from && minute < to).sort((one, other) => one - other);
