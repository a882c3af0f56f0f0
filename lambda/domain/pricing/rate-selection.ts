import type { PriceBook } from './price-book.ts';
import { regionOf, type RateCriteria } from './rate-criteria.ts';
import { matcherOf, type RateMatcher } from './rate-matcher.ts';
import { rateProblem } from './rate-problem.ts';
import type { PricedService, Rate } from './rate.ts';

/** The one rate, or why there is none. Nothing is ever priced 0 for lack of a rate. */
export type RateSelection = { readonly rate: Rate } | { readonly unpriced: string };

/** Reserved capacity has SKUs of its own beside the on-demand ones, under the same term type: `-R`, or the attribute. */
export const isReserved = ({ usageType, attributes }: Pick<Rate, 'usageType' | 'attributes'>): boolean => {
  const reserveType = attributes['reserveType'] ?? 'NA';
  return usageType.endsWith('-R') || !['na', 'n/a', 'none', ''].includes(reserveType.toLowerCase());
};

const agrees = (rate: Rate, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => {
    const listed = rate.attributes[name];
    return listed === undefined || listed.toLowerCase().split(/[^a-z0-9]+/).includes(value.toLowerCase());
  });

const matches = ({ usageType, attributes = {}, requiredAttributes = {} }: RateMatcher, region: string | undefined, rate: Rate): boolean =>
  usageType.test(rate.usageType) &&
  (region === undefined || rate.attributes['regionCode'] === region) &&
  Object.entries(requiredAttributes).every(([name, value]) => rate.attributes[name] === value) &&
  !isReserved(rate) &&
  agrees(rate, attributes);

/** A book by what it is asked for: its rates by service, and every selection that was made of it. Books never change. */
interface BookIndex {
  readonly byService: ReadonlyMap<PricedService, readonly Rate[]>;
  readonly selections: Map<string, RateSelection>;
}

const indices = new WeakMap<PriceBook, BookIndex>();

const indexOf = (book: PriceBook): BookIndex => {
  const known = indices.get(book);
  if (known) return known;
  const index = { byService: Map.groupBy(book.rates, ({ service }) => service), selections: new Map<string, RateSelection>() };
  indices.set(book, index);
  return index;
};

const select = ({ byService }: BookIndex, criteria: RateCriteria): RateSelection => {
  const { what } = criteria;
  const region = regionOf(criteria);
  const matcher = matcherOf(criteria);
  const found = (byService.get(matcher.service) ?? []).filter((one) => matches(matcher, region, one));
  const [rate, ...others] = found;
  const where = region ?? 'any Region';
  if (!rate) return { unpriced: `no SKU for ${what} in ${where}` };
  if (others.length > 0) return { unpriced: `${found.length} SKUs for ${what} in ${where}: ${found.map(({ sku }) => sku).join(', ')}` };
  if (!matcher.units.includes(rate.unit.toLowerCase())) return { unpriced: `SKU ${rate.sku} for ${what} is in ${rate.unit}, expected ${matcher.units.join(' or ')}` };
  const problem = rateProblem(rate);
  return problem === undefined ? { rate } : { unpriced: `SKU ${rate.sku} for ${what} cannot be charged by: ${problem}` };
};

/**
 * The exactly one rate of a book that the criteria describe; fails closed when there is none, several, or one that is
 * in another unit or has no price that can be. A function of book and criteria alone: what was found once is not looked for again.
 */
export const selectRate = (book: PriceBook | undefined, criteria: RateCriteria): RateSelection => {
  if (!book) return { unpriced: `no price book for ${criteria.what} in ${regionOf(criteria) ?? 'any Region'}: run the price book refresh` };
  const index = indexOf(book);
  const key = JSON.stringify(criteria);
  const known = index.selections.get(key);
  if (known) return known;
  const selection = select(index, criteria);
  index.selections.set(key, selection);
  return selection;
};
