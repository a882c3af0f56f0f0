import { compare, parseDecimal, reduce, type Fraction } from './fraction.ts';

/** The services whose prices the platform needs, by their Price List codes. */
export const pricedServices = [
  'AWSElementalMediaLive',
  'AWSElementalMediaPackage',
  'AWSElementalMediaConvert',
  'AmazonCloudFront',
  'AmazonS3',
  'AmazonIVS',
] as const;

export type PricedService = (typeof pricedServices)[number];

/** One step of a rate's monthly volume tiers, in the rate's unit; `to` is exclusive and absent when open. */
export interface RateTier {
  readonly from: string;
  readonly to?: string;
  readonly usdPerUnit: string;
  readonly rateCode: string;
}

/** What one SKU of the Price List costs on demand. Prices are the list's own decimal strings. */
export interface Rate {
  readonly sku: string;
  readonly service: PricedService;
  readonly usageType: string;
  /** The list's own unit: `Hrs`, `GB`, `minutes`, `Requests`, `GB-Mo`. */
  readonly unit: string;
  /** Ascending by `from`, at least one. */
  readonly tiers: readonly RateTier[];
  /** From when the list's price holds, ISO 8601. */
  readonly effectiveDate: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The tier that list charges of a single breakout are rated at: the first one that is not free, so that its cost
 * depends on itself alone. A rate that is free throughout answers its first tier.
 */
export const firstPaidTier = ({ tiers, sku }: Rate): RateTier => {
  const tier = tiers.find(({ usdPerUnit }) => parseDecimal(usdPerUnit).numerator > 0n) ?? tiers[0];
  if (!tier) throw new RangeError(`rate ${sku} has no tiers, expected at least one`);
  return tier;
};

/** How the list says that it has no value of an attribute. */
const absent = ['', 'na', 'n/a', 'none'];

/** How many units on the list make one billable unit (MediaConvert's normalised minutes), as the list writes it; 1 where it has none. */
export const listedRatio = ({ attributes: { normalizationRatio = '' } }: Pick<Rate, 'attributes'>): string => (absent.includes(normalizationRatio.toLowerCase()) ? '1' : normalizationRatio);

/** The price that a single breakout is rated at, with its decimals read. */
export interface RatePrice {
  readonly tier: RateTier;
  readonly usdPerUnit: Fraction;
  readonly ratio: Fraction;
}

const prices = new WeakMap<Rate, RatePrice>();

/** The price of a rate's first paid tier; read once, because rates never change. */
export const ratePrice = (rate: Rate): RatePrice => {
  const known = prices.get(rate);
  if (known) return known;
  const tier = firstPaidTier(rate);
  const price = { tier, usdPerUnit: parseDecimal(tier.usdPerUnit), ratio: reduce(parseDecimal(listedRatio(rate))) };
  prices.set(rate, price);
  return price;
};

/** Tiers in ascending order of `from`. */
export const sortTiers = (tiers: readonly RateTier[]): readonly RateTier[] =>
  [...tiers].sort((left, right) => Number(compare(parseDecimal(left.from), parseDecimal(right.from))));
