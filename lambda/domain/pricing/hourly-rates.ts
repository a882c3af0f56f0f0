import type { ProPipeline } from '../pipelines/pipeline.ts';
import { add, formatDecimal, fraction, multiply, parseDecimal, type Fraction } from './fraction.ts';
import type { PriceBook } from './price-book.ts';
import type { RateCriteria } from './rate-criteria.ts';
import { selectRate } from './rate-selection.ts';
import { firstPaidTier } from './rate.ts';
import { idleChannelCriteria, idleInputCriteria, inputCriteria, outputCriteria } from './streaming-rates.ts';

/** One thing of a pipeline that costs by the hour. */
export interface HourlyItem {
  readonly what: string;
  readonly count: number;
  /** For one of them, as the price list writes it; absent when it is unpriced. */
  readonly usdPerHour?: string;
  /** Why there is no price. */
  readonly unpriced?: string;
}

/** What an hour costs: the sum of the items that have a price. */
export interface HourlyCost {
  readonly usdPerHour: string;
  readonly items: readonly HourlyItem[];
}

/** List prices of a pipeline's channel and inputs, running and idle. Traffic and storage come on top. */
export interface HourlyRates {
  readonly priceBookId: string | null;
  readonly running: HourlyCost;
  readonly idle: HourlyCost;
}

/** So many of one thing, at the book's price of an hour. */
export const hourlyItem = (book: PriceBook | undefined, criteria: RateCriteria, count: number): HourlyItem => {
  const selection = selectRate(book, criteria);
  if ('unpriced' in selection) return { what: criteria.what, count, unpriced: selection.unpriced };
  return { what: criteria.what, count, usdPerHour: firstPaidTier(selection.rate).usdPerUnit };
};

const usdOf = ({ usdPerHour, count }: HourlyItem): Fraction =>
  usdPerHour === undefined ? fraction(0n) : multiply(parseDecimal(usdPerHour), fraction(BigInt(count)));

/** What an hour of all of it costs, alike things together. */
export const hourlyCost = (book: PriceBook | undefined, criteria: readonly RateCriteria[]): HourlyCost => {
  const grouped = new Map<string, { criteria: RateCriteria; count: number }>();
  for (const one of criteria) grouped.set(one.what, { criteria: one, count: (grouped.get(one.what)?.count ?? 0) + 1 });
  const items = [...grouped.values()].map(({ criteria: one, count }) => hourlyItem(book, one, count));
  return { usdPerHour: formatDecimal(items.map(usdOf).reduce(add, fraction(0n)), 9), items };
};

/** What an hour of a Pro pipeline costs at list prices, running and idle; what has no price is named and not counted. */
export const hourlyRates = ({ region, channel }: ProPipeline, book: PriceBook | undefined): HourlyRates => ({
  priceBookId: book?.bookId ?? null,
  running: hourlyCost(book, [
    ...channel.inputs.map(() => inputCriteria(region, channel.channelClass, channel.inputClass)),
    ...channel.outputs.map((output) => outputCriteria(region, channel.channelClass, output)),
  ]),
  idle: hourlyCost(book, [idleChannelCriteria(region), ...channel.inputs.map(() => idleInputCriteria(region))]),
});
