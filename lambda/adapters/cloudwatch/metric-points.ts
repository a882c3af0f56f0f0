import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { minuteMilliseconds, type Interval } from '../../domain/usage/calendar-month.ts';

/** Sums that have been read of one metric: by minute, with the service's word on whether that is all. */
export interface ReadPoints {
  readonly byMinute: Map<number, bigint>;
  isComplete: boolean;
}

/** A sum of bytes or counts. @throws RangeError when it is no integer that a number holds exactly */
const integerOf = (value: number): bigint => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`expected a sum that is a whole number up to 2^53, got ${value}`);
  return BigInt(value);
};

/** Adds one page of a result, times its metric's scale; pages overlap in nothing. */
export const addResult = (read: ReadPoints, { Timestamps = [], Values = [], StatusCode }: MetricDataResult, scale: number | undefined): void => {
  Timestamps.forEach((timestamp, index) => {
    const value = Values[index];
    if (value !== undefined) read.byMinute.set(timestamp.getTime(), integerOf(scale === undefined ? value : Math.round(value * scale)));
  });
  // Pages before the last say PartialData; the last word counts.
  read.isComplete = StatusCode === 'Complete';
};

/** One value a minute of the window, null where there is no point. */
export const valuesIn = ({ byMinute }: ReadPoints, { from, to }: Interval): readonly (bigint | null)[] =>
  Array.from({ length: (to - from) / minuteMilliseconds }, (_, index) => byMinute.get(from + index * minuteMilliseconds) ?? null);
