import type { Interval } from '../../usage/calendar-month.ts';

const lengthOf = ({ from, to }: Interval): number => Math.max(0, to - from);

/** Disjoint intervals in order that hold the same time; what touches is joined, what is empty is left out. */
export const union = (intervals: readonly Interval[]): readonly Interval[] =>
  intervals
    .filter((interval) => lengthOf(interval) > 0)
    .toSorted((one, other) => one.from - other.from)
    .reduce<readonly Interval[]>((joined, next) => {
      const last = joined.at(-1);
      if (last === undefined || next.from > last.to) return [...joined, { from: next.from, to: next.to }];
      return [...joined.slice(0, -1), { from: last.from, to: Math.max(last.to, next.to) }];
    }, []);

/** What of the whole none of the intervals holds. */
export const uncovered = (whole: Interval, intervals: readonly Interval[]): readonly Interval[] => {
  const rest = union(intervals).reduce<{ readonly gaps: readonly Interval[]; readonly from: number }>(
    ({ gaps, from }, { from: begins, to }) => ({ gaps: [...gaps, { from, to: Math.min(begins, whole.to) }], from: Math.max(from, to) }),
    { gaps: [], from: whole.from },
  );
  return [...rest.gaps, { from: rest.from, to: whole.to }].filter((gap) => lengthOf(gap) > 0);
};

/** Milliseconds of disjoint intervals. */
export const totalLength = (intervals: readonly Interval[]): number => intervals.reduce((sum, interval) => sum + lengthOf(interval), 0);
