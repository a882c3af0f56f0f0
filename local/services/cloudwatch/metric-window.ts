import { mergeAggregates, type Aggregate } from './aggregate.ts';

/** A window over a metric, in milliseconds: the start is inclusive, the end exclusive. */
export interface MetricWindow {
  readonly start: number;
  readonly end: number;
  readonly period: number;
}

/** An aggregate of one period; `at` is the period's start in milliseconds. */
export interface MetricPoint {
  readonly at: number;
  readonly aggregate: Aggregate;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Points are kept at a minute for 15 days, at 5 minutes for 63, at an hour for 455 (API reference, GetMetricData). */
const resolutionAt = (age: number): number => (age < 15 * day ? minute : age < 63 * day ? 5 * minute : hour);

/** Rounds a start down as CloudWatch does: to the resolution that points of that age have. */
export const roundStart = (start: number, now: number): number => {
  const resolution = resolutionAt(now - start);
  return Math.floor(start / resolution) * resolution;
};

/** Whether points exist in that period for a start of that age; where not, CloudWatch answers no points, and no error. */
const hasPoints = ({ start, period }: MetricWindow, now: number): boolean => {
  const age = now - start;
  return age <= 3 * hour && period < minute ? true : period % resolutionAt(age) === 0;
};

/** The window's points, oldest first. Periods without observations have none. */
export const pointsIn = (minutes: ReadonlyMap<number, Aggregate>, asked: MetricWindow, now: number): readonly MetricPoint[] => {
  if (!hasPoints(asked, now)) return [];
  const start = roundStart(asked.start, now);
  // Standard resolution: nothing is finer than a minute.
  const period = Math.max(asked.period, minute);
  const periods = new Map<number, Aggregate>();
  for (const [at, aggregate] of minutes) {
    if (at < start || at >= asked.end) continue;
    const slot = start + Math.floor((at - start) / period) * period;
    periods.set(slot, mergeAggregates(periods.get(slot), aggregate));
  }
  return [...periods].map(([at, aggregate]) => ({ at, aggregate })).sort((left, right) => left.at - right.at);
};
