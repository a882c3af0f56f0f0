import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import type { MinuteSeries } from '../../../lambda/domain/usage/metric-series.ts';

/** A series over a window with points at some of its minutes (by index). */
export const aMinuteSeries = ({ from, to }: Interval, points: Readonly<Record<number, bigint>> = {}, isComplete = true): MinuteSeries => ({
  from,
  values: Array.from({ length: (to - from) / 60_000 }, (_, index) => points[index] ?? null),
  isComplete,
});
