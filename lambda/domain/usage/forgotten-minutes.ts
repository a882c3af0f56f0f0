import { ceilMinute, minuteMilliseconds, type Interval } from './calendar-month.ts';
import type { MinuteSeries } from './metric-series.ts';

/**
 * Minutes can be asked for over 15 days; ten minutes are left for the asking.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html, metrics retention
 */
const minutesKeptMilliseconds = 15 * 86_400_000 - 600_000;

/** The first minute that can still be asked for at an instant. Milliseconds since the epoch. */
export const rememberedFrom = (now: number): number => ceilMinute(now - minutesKeptMilliseconds);

/** The part of a window that can still be asked for; empty when all of it is forgotten. */
export const rememberedPart = ({ from, to }: Interval, now: number): Interval => ({ from: Math.min(to, Math.max(from, rememberedFrom(now))), to });

/**
 * What was read of the rest of a window, with the minutes before it from what was read when they were not forgotten yet. It
 * is complete only when they all were read then.
 */
export const withForgotten = (read: MinuteSeries, before: MinuteSeries | undefined, from: number): MinuteSeries => {
  if (read.from <= from) return read;
  const first = before === undefined ? 0 : (from - before.from) / minuteMilliseconds;
  const minutes = (read.from - from) / minuteMilliseconds;
  const values = Array.from({ length: minutes }, (_, index) => before?.values[first + index] ?? null);
  const wasRead = before !== undefined && before.isComplete && first >= 0 && before.values.length >= first + minutes;
  const refused = [...(before?.refused ?? []).filter((minute) => minute >= from && minute < read.from), ...(read.refused ?? [])];
  return { from, values: [...values, ...read.values], isComplete: read.isComplete && wasRead, ...(refused.length === 0 ? {} : { refused }) };
};
