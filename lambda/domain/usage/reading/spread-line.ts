import { camGeographies } from '../../pricing/cam-rates.ts';
import { priceGeographies } from '../../pricing/delivery-rates.ts';
import { intersection, monthInterval, monthOf, type Interval } from '../calendar-month.ts';
import { measureNames, type Measure, type Measures } from '../measures.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import { intervalSums } from './interval-points.ts';

/** How long a step of a series is. */
export type SeriesStep = 'hour' | 'day' | 'month';

const stepMilliseconds = { hour: 3_600_000, day: 86_400_000 } as const;

/** The UTC step that an instant lies in. */
export const stepOf = (at: number, by: SeriesStep): Interval => {
  if (by === 'month') return monthInterval(monthOf(at));
  const from = Math.floor(at / stepMilliseconds[by]) * stepMilliseconds[by];
  return { from, to: from + stepMilliseconds[by] };
};

/** What part of a line falls into a step: `weight` of all weights. */
interface Weight {
  readonly from: number;
  readonly weight: bigint;
}

/** By time: each step as long as the period lies in it. */
const byTime = (period: Interval, by: SeriesStep): readonly Weight[] => {
  const weights: Weight[] = [];
  for (let at = period.from; at < period.to; ) {
    const { from, to } = stepOf(at, by);
    const until = Math.min(to, period.to);
    weights.push({ from, weight: BigInt(until - at) });
    at = until;
  }
  return weights.length > 0 ? weights : [{ from: stepOf(period.from, by).from, weight: 1n }];
};

/** Parts of an amount by weights, by cumulative shares: they sum to it exactly. */
export const shares = (amount: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  let passed = 0n;
  let given = 0n;
  return weights.map((weight) => {
    passed += weight;
    const part = (amount * passed) / total - given;
    given += part;
    return part;
  });
};

/** The steps that a raw period lies in, as far as it lies in the line's: how long it does in each. */
const stepsOf = (raw: Interval, period: Interval, by: SeriesStep): readonly Weight[] => byTime(intersection(period, raw), by);

/** What the periods of a series give each step; one that is longer than a step is in all of its steps alike. What is below 0 is none. */
const addValues = (sums: Map<number, bigint>, { from, periodSeconds, values }: RawSeries, period: Interval, by: SeriesStep): void => {
  const [start, length] = [Date.parse(from), periodSeconds * 1000];
  values.forEach((value, index) => {
    const at = start + index * length;
    if (value === null || value <= 0n || at + length <= period.from || at >= period.to) return;
    const steps = stepsOf({ from: at, to: at + length }, period, by);
    shares(value, steps.map(({ weight }) => weight)).forEach((part, place) => {
      const step = steps[place]?.from ?? at;
      sums.set(step, (sums.get(step) ?? 0n) + part);
    });
  });
};

/** By what the line comes from: each step as much as its points and intervals have. Undefined when they have nothing in the period. */
const byPoints = (line: UsageLine, series: readonly RawSeries[], period: Interval, by: SeriesStep): readonly Weight[] | undefined => {
  const sums = new Map<number, bigint>();
  for (const one of series) {
    addValues(sums, one, period, by);
    for (const [step, amount] of intervalSums(one.intervals ?? [], line, (at) => stepOf(at, by))) sums.set(step, (sums.get(step) ?? 0n) + amount);
  }
  const weights = [...sums].filter(([, weight]) => weight > 0n).sort(([one], [other]) => one - other);
  return weights.length === 0 ? undefined : weights.map(([from, weight]) => ({ from, weight }));
};

/** What of a line's series tells when a measure came about: of requests those of requests, of bytes those that are not; of a whole and its parts the parts. */
const pointsOf = ({ points, quantity }: UsageLine, measure: Measure): readonly string[] => {
  const areRequests = measure.endsWith('Requests') || quantity?.unit !== 'bytes';
  const wanted = points.filter((name) => name.endsWith('requests') === areRequests);
  const told = wanted.length > 0 ? wanted : points;
  return told.filter((name) => !told.some((other) => other.startsWith(`${name}/`)));
};

const isMeasureName = (name: string): name is Measure => measureNames.some((measure) => measure === name);

/** What a line adds in each step; all steps sum to the line exactly. */
export const spreadLine = (line: UsageLine, series: readonly RawSeries[], by: SeriesStep): ReadonlyMap<number, Measures> => {
  const period = { from: Date.parse(line.periodStart), to: Date.parse(line.periodEnd) };
  const known = new Map<string, readonly Weight[]>();
  const weightsOf = (measure: Measure): readonly Weight[] => {
    const points = pointsOf(line, measure);
    const weights = known.get(points.join()) ?? byPoints(line, series.filter(({ name }) => points.includes(name)), period, by) ?? byTime(period, by);
    known.set(points.join(), weights);
    return weights;
  };
  const steps = new Map<number, Partial<Record<Measure, bigint>>>();
  for (const [name, amount] of Object.entries(line.adds)) {
    if (!isMeasureName(name)) continue;
    const weights = weightsOf(name);
    shares(amount, weights.map(({ weight }) => weight)).forEach((part, index) => {
      const from = weights[index]?.from ?? period.from;
      steps.set(from, { ...steps.get(from), [name]: part });
    });
  }
  return steps;
};

/** What lines of a series are told apart by. */
export type SeriesGrouping = 'category' | 'service' | 'geography';

const geographies: readonly string[] = [...priceGeographies, ...camGeographies, 'UNKNOWN'];

/** The group of a line; null = it is of no place. */
export const groupOf = ({ category, service, key }: UsageLine, of: SeriesGrouping): string | null => {
  if (of === 'category') return category;
  return of === 'service' ? service : (key.split('/').find((part) => geographies.includes(part)) ?? null);
};
