import type { PriceBook } from './price-book.ts';
import type { PricedService, Rate } from './rate.ts';

/** What distinguishes the one SKU that a quantity is rated with. */
export interface RateCriteria {
  readonly service: PricedService;
  /** What is rated, for people: `output HD AVC up to 10 Mbit/s`. */
  readonly what: string;
  /**
   * The usage type without its Region's code, which differs in place and alphabet from service to service.
   * The Region itself is matched by the attribute `regionCode`.
   */
  readonly usageType: RegExp;
  /** Absent for services that price by geography, not by Region. */
  readonly region?: string;
  /** Words that these attributes must hold where the list has them. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Attributes that must have exactly these values. */
  readonly requiredAttributes?: Readonly<Record<string, string>>;
  /** Units of the list that the quantity is in, lower case. */
  readonly units: readonly string[];
}

/** The one rate, or why there is none. Nothing is ever priced 0 for lack of a rate. */
export type RateSelection = { readonly rate: Rate } | { readonly unpriced: string };

/** Reserved capacity has SKUs of its own beside the on-demand ones, under the same term type: `-R`, or the attribute. */
export const isReserved = ({ usageType, attributes }: Rate): boolean => {
  const reserveType = attributes['reserveType'] ?? 'NA';
  return usageType.endsWith('-R') || !['na', 'n/a', 'none', ''].includes(reserveType.toLowerCase());
};

const agrees = (rate: Rate, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => {
    const listed = rate.attributes[name];
    return listed === undefined || listed.toLowerCase().split(/[^a-z0-9]+/).includes(value.toLowerCase());
  });

const matches = (criteria: RateCriteria, rate: Rate): boolean =>
  rate.service === criteria.service &&
  criteria.usageType.test(rate.usageType) &&
  (criteria.region === undefined || rate.attributes['regionCode'] === criteria.region) &&
  Object.entries(criteria.requiredAttributes ?? {}).every(([name, value]) => rate.attributes[name] === value) &&
  !isReserved(rate) &&
  agrees(rate, criteria.attributes ?? {});

/** The exactly one rate of a book that the criteria describe; fails closed when there is none, several, or one in another unit. */
export const selectRate = (book: PriceBook | undefined, criteria: RateCriteria): RateSelection => {
  const where = criteria.region ?? 'any Region';
  if (!book) return { unpriced: `no price book for ${criteria.what} in ${where}: run the price book refresh` };
  const found = book.rates.filter((rate) => matches(criteria, rate));
  const [rate, ...others] = found;
  if (!rate) return { unpriced: `no SKU for ${criteria.what} in ${where}` };
  if (others.length > 0) return { unpriced: `${found.length} SKUs for ${criteria.what} in ${where}: ${found.map(({ sku }) => sku).join(', ')}` };
  if (criteria.units.includes(rate.unit.toLowerCase())) return { rate };
  return { unpriced: `SKU ${rate.sku} for ${criteria.what} is in ${rate.unit}, expected ${criteria.units.join(' or ')}` };
};
