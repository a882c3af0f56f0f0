import { minuteMilliseconds, type Interval } from './calendar-month.ts';
import type { RawSeries } from './usage-line.ts';

/** Sums of a metric over the whole minutes of a window: one value a minute, null where the source has no point. */
export interface MinuteSeries {
  readonly from: number;
  readonly values: readonly (bigint | null)[];
  /** Whether the source said that this is all, and all of it can be. */
  readonly isComplete: boolean;
  /** Minutes whose points cannot be (negative, no whole number, told twice differently), which have no value. Milliseconds since the epoch; absent = none. */
  readonly refused?: readonly number[];
}

/** A metric of a service, by its name and dimensions. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Points are read times so many, rounded to whole ones: seconds that come with fractions are read as milliseconds. Absent = as they are, which are whole. */
  readonly scale?: number;
}

/** Reads the services' own metrics. */
export interface MetricReader {
  /** Sums by minute over a minute-aligned half-open window, in the order of `metrics`. @throws UnavailableError */
  sumsByMinute(region: string, metrics: readonly MetricName[], window: Interval): Promise<readonly MinuteSeries[]>;
}

/** The sum over the minutes of an interval, and how many of them had no point. `sum` is null when none had one. */
export const sumOver = ({ from, values }: MinuteSeries, interval: Interval): { readonly sum: bigint | null; readonly gaps: number } => {
  const first = Math.max(0, (interval.from - from) / minuteMilliseconds);
  const inside = values.slice(first, Math.max(first, (interval.to - from) / minuteMilliseconds));
  const points = inside.filter((value) => value !== null);
  return { sum: points.length === 0 ? null : points.reduce((sum, value) => sum + value, 0n), gaps: inside.length - points.length };
};

/** What has to be said of series over an interval: what their source left out, and what it told that cannot be. */
export const faultNotes = (series: readonly MinuteSeries[], { from, to }: Interval): readonly string[] => {
  const refused = [...new Set(series.flatMap((one) => one.refused ?? []))].filter((minute) => minute >= from && minute < to).sort((one, other) => one - other);
  const [first] = refused;
  if (first === undefined) return series.every(({ isComplete }) => isComplete) ? [] : ['the source says that points are missing'];
  return [`${refused.length} minutes have a point that is negative, no whole number, or told twice differently, the first at ${new Date(first).toISOString()}: they count as without a point`];
};

/** The series as it is kept with a profile version: past the 15 days for which minutes can be read again. */
export const rawSeries = (name: string, { from, values }: MinuteSeries): RawSeries => ({
  name,
  from: new Date(from).toISOString(),
  periodSeconds: 60,
  values,
});
