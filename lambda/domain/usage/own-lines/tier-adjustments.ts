import { add, fraction, multiply, type Fraction } from '../../pricing/fraction.ts';
import { graduatedShares, type TierShare } from '../../pricing/graduated-charge.ts';
import { ratePrice, type Rate } from '../../pricing/rate.ts';
import { toNanoUsd, type NanoUsd } from '../../pricing/usd.ts';
import { largestRemainderShares } from './largest-remainder.ts';
import { skuWeights, type HolderQuantities, type SkuWeights } from './sku-weights.ts';

/** What the volume tiers of one SKU make of a month, and what of that is one holder's. */
export interface TierAdjustment {
  readonly rate: Rate;
  /** The oldest price book of the month that has these tiers; undefined where quantities name none. */
  readonly priceBookId: string | undefined;
  /** What everybody metered, in the rate's unit, and what of it the holder did. */
  readonly monthQuantity: Fraction;
  readonly ownQuantity: Fraction;
  /** What of the holder's is rated with these tiers' books. */
  readonly ratedQuantity: Fraction;
  /** The month's quantity over the tiers. */
  readonly tiers: readonly TierShare[];
  /** By how much the tiers differ from the list rate, were everything rated at it: exact, in USD. */
  readonly differenceUsd: Fraction;
  /** That, rounded once. */
  readonly monthNanoUsd: NanoUsd;
  /** The holder's share of it. */
  readonly nanoUsd: NanoUsd;
}

/** Finds a SKU's rate in a price book; where a quantity names none, in the book that holds for the month. */
export type RateOf = (sku: string, priceBookId: string | undefined) => Rate | undefined;

/** What is rated with the same tiers, of whatever book. */
interface RatedWeights {
  readonly rate: Rate;
  readonly priceBookId: string | undefined;
  readonly weights: readonly bigint[];
}

const plus = (some: readonly bigint[], others: readonly bigint[]): readonly bigint[] => some.map((one, index) => one + (others[index] ?? 0n));

const sumOf = (weights: readonly bigint[]): bigint => weights.reduce((sum, weight) => sum + weight, 0n);

const tiersOf = ({ tiers }: Rate): string => JSON.stringify(tiers.map(({ from, to, usdPerUnit }) => [from, to, usdPerUnit]));

const ratedWeights = (sku: string, { byBook }: SkuWeights, rateOf: RateOf): readonly RatedWeights[] => {
  const rated = new Map<string, RatedWeights>();
  for (const { priceBookId, weights } of byBook) {
    const rate = rateOf(sku, priceBookId);
    if (rate === undefined || rate.tiers.length === 1) continue;
    const before = rated.get(tiersOf(rate));
    rated.set(tiersOf(rate), before ? { ...before, weights: plus(before.weights, weights) } : { rate, priceBookId, weights });
  }
  return [...rated.values()];
};

/** A holder's share of what the tiers take off, for what of theirs is rated with these tiers: all of it, or a part, half-even. */
const partOf = (share: NanoUsd, rated: bigint, own: bigint): NanoUsd => {
  if (rated === own) return share;
  return rated === 0n ? 0n : toNanoUsd(fraction(share * rated, own * 1_000_000_000n));
};

const adjustmentsOf = ({ rate, priceBookId, weights }: RatedWeights, all: readonly bigint[], perUnit: bigint): readonly (TierAdjustment | undefined)[] => {
  const monthQuantity = fraction(sumOf(all), perUnit);
  const tiers = graduatedShares(rate.tiers, fraction(0n), monthQuantity);
  const graduatedUsd = tiers.reduce((sum, { usd }) => add(sum, usd), fraction(0n));
  const differenceUsd = add(graduatedUsd, multiply(multiply(monthQuantity, ratePrice(rate).usdPerUnit), fraction(-1n)));
  const monthNanoUsd = toNanoUsd(differenceUsd);
  return largestRemainderShares(monthNanoUsd, all).map((share, index) => {
    const [own, rated] = [all[index] ?? 0n, weights[index] ?? 0n];
    const nanoUsd = partOf(share, rated, own);
    if (nanoUsd === 0n) return undefined;
    return { rate, priceBookId, monthQuantity, ownQuantity: fraction(own, perUnit), ratedQuantity: fraction(rated, perUnit), tiers, differenceUsd, monthNanoUsd, nanoUsd };
  });
};

const adjustmentsOfSku = (sku: string, weights: SkuWeights, rateOf: RateOf): readonly (readonly (TierAdjustment | undefined)[])[] => {
  const all = weights.byBook.map((one) => one.weights).reduce(plus);
  return ratedWeights(sku, weights, rateOf).map((rated) => adjustmentsOf(rated, all, weights.perUnit));
};

/**
 * What volume tiers make of a month's quantities, for each holder in their order, by SKU: what everything together costs in
 * its tiers less its list price (the first tier that is not free), rounded once for each SKU, half-even, to 10^-9 USD, and
 * shared in proportion to quantities by largest remainder. What is rated with a book has that book's tiers: where books
 * differ, each holder has their share of what either makes of everything, for what of theirs is rated with it. So nobody's
 * depends on what others are rated with. A SKU without several tiers has none, nor has one that no rate is known of.
 * @throws RangeError when somebody has less than nothing
 */
export const tierAdjustments = (holders: readonly HolderQuantities[], rateOf: RateOf): readonly (readonly TierAdjustment[])[] => {
  const bySku = [...skuWeights(holders)].flatMap(([sku, weights]) => adjustmentsOfSku(sku, weights, rateOf));
  return holders.map((_holder, index) => bySku.flatMap((adjustments) => adjustments[index] ?? []));
};
