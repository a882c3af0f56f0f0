import type { Interval } from '../calendar-month.ts';
import type { RawInterval, UsageLine } from '../usage-line.ts';

const spanOf = ({ from, to }: RawInterval): Interval => ({ from: Date.parse(from), to: to === null ? Infinity : Date.parse(to) });

const periodOf = ({ periodStart, periodEnd }: UsageLine): Interval => ({ from: Date.parse(periodStart), to: Date.parse(periodEnd) });

/** Intervals that began in a line's period, or were in it. */
export const intervalsIn = (intervals: readonly RawInterval[], line: UsageLine): readonly RawInterval[] => {
  const period = periodOf(line);
  return intervals.filter((interval) => {
    const { from, to } = spanOf(interval);
    return from <= period.to && (to > period.from || from >= period.from);
  });
};

/** What changes at an instant, by instant, of what counts for as long as it is there. */
const changesIn = (intervals: readonly RawInterval[], period: Interval): readonly (readonly [number, bigint])[] => {
  const changes = new Map<number, bigint>();
  for (const interval of intervals) {
    const span = spanOf(interval);
    const [from, to] = [Math.max(span.from, period.from), Math.min(span.to, period.to)];
    if (to <= from) continue;
    changes.set(from, (changes.get(from) ?? 0n) + BigInt(interval.amount));
    changes.set(to, (changes.get(to) ?? 0n) - BigInt(interval.amount));
  }
  return [...changes].sort(([one], [other]) => one - other);
};

const addTo = (sums: Map<number, bigint>, step: number, amount: bigint): void => void sums.set(step, (sums.get(step) ?? 0n) + amount);

/**
 * What intervals give a line, by the steps that it falls into: bytes and channels × milliseconds inside of the line's period; of a line
 * of requests, the objects that were stored in it; milliseconds as such, where the interval ends. Of a line that is the sum of
 * its intervals (byte-hours, running time, writes, durations) the steps sum to its quantity. `stepOf` has the start and the end of the step of an instant.
 */
export const intervalSums = (intervals: readonly RawInterval[], line: UsageLine, stepOf: (at: number) => Interval): ReadonlyMap<number, bigint> => {
  const sums = new Map<number, bigint>();
  const period = periodOf(line);
  const isCounted = line.quantity?.unit === 'requests';
  for (const interval of intervalsIn(intervals, line)) {
    const { from, to } = spanOf(interval);
    if (isCounted && from >= period.from) addTo(sums, stepOf(from).from, BigInt(interval.objects ?? 0));
    if (interval.unit === 'milliseconds') addTo(sums, stepOf(Math.min(to, period.to)).from, BigInt(interval.amount));
  }
  if (isCounted) return sums;
  let [held, at] = [0n, period.from];
  for (const [time, change] of changesIn(intervals.filter(({ unit }) => unit !== 'milliseconds'), period)) {
    while (at < time) {
      const step = stepOf(at);
      const until = Math.min(step.to, time);
      if (held > 0n) addTo(sums, step.from, held * BigInt(until - at));
      at = until;
    }
    held += change;
  }
  return sums;
};
