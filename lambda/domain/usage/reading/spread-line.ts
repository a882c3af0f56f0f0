import { camGeographies } from '../../pricing/cam-rates.ts';
import { priceGeographies } from '../../pricing/delivery-rates.ts';
import { monthInterval, monthOf, type Interval } from '../calendar-month.ts';
import { measureNames, type Measure, type Measures } from '../measures.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';

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

/** By raw points: each step as much as its minutes have. Undefined when there are none in the period. */
const byPoints = ({ from, periodSeconds, values }: RawSeries, period: Interval, by: SeriesStep): readonly Weight[] | undefined => {
  const sums = new Map<number, bigint>();
  values.forEach((value, index) => {
    const at = Date.parse(from) + index * periodSeconds * 1000;
    if (value === null || value === 0n || at + periodSeconds * 1000 <= period.from || at >= period.to) return;
    const step = stepOf(Math.max(at, period.from), by).from;
    sums.set(step, (sums.get(step) ?? 0n) + value);
  });
  return sums.size === 0 ? undefined : [...sums].sort(([one], [other]) => one - other).map(([step, weight]) => ({ from: step, weight }));
};

/** The series that tells when a line's quantity came about: its own points, or of logged traffic those of the whole edge. */
const seriesFor = ({ key, points, quantity }: UsageLine, series: readonly RawSeries[]): RawSeries | undefined => {
  const [, leg] = /^delivery\/((?:run-\d+\/)?)/.exec(key) ?? [];
  const names = points.length > 0 || leg === undefined ? points : [`delivery/${leg}bytes`, `delivery/${leg}requests`];
  const wanted = quantity?.unit === 'bytes' ? names[0] : names.at(-1);
  return series.find(({ name }) => name === wanted);
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

const isMeasureName = (name: string): name is Measure => measureNames.some((measure) => measure === name);

/** What a line adds in each step; all steps sum to the line exactly. */
export const spreadLine = (line: UsageLine, series: readonly RawSeries[], by: SeriesStep): ReadonlyMap<number, Measures> => {
  const period = { from: Date.parse(line.periodStart), to: Date.parse(line.periodEnd) };
  const raw = seriesFor(line, series);
  const weights = (raw && byPoints(raw, period, by)) ?? byTime(period, by);
  const steps = weights.map((): Partial<Record<Measure, bigint>> => ({}));
  for (const [name, amount] of Object.entries(line.adds)) {
    if (!isMeasureName(name)) continue;
    shares(amount, weights.map(({ weight }) => weight)).forEach((part, index) => {
      const step = steps[index];
      if (step) step[name] = part;
    });
  }
  return new Map(weights.map(({ from }, index) => [from, steps[index] ?? {}]));
};

/** What lines of a series are told apart by. */
export type SeriesGrouping = 'category' | 'service' | 'geography';

const geographies: readonly string[] = [...priceGeographies, ...camGeographies, 'UNKNOWN'];

/** The group of a line; null = it is of no place. */
export const groupOf = ({ category, service, key }: UsageLine, of: SeriesGrouping): string | null => {
  if (of === 'category') return category;
  return of === 'service' ? service : (key.split('/').find((part) => geographies.includes(part)) ?? null);
};
