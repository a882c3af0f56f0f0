import { add, fraction, multiply, type Fraction } from '../../pricing/fraction.ts';
import { graduatedShares, type TierShare } from '../../pricing/graduated-charge.ts';
import { ratePrice, type Rate } from '../../pricing/rate.ts';
import { toNanoUsd, type NanoUsd } from '../../pricing/usd.ts';
import { meteredQuantitiesOf, type MeteredTotals } from '../metered-totals.ts';
import { largestRemainderShares } from './largest-remainder.ts';

/** Who metered what in a month: an account, or the platform where no account is given. */
export interface HolderQuantities {
  readonly accountId: string | undefined;
  readonly totals: MeteredTotals;
}

/** What the volume tiers of one SKU make of a month, and what of that is one holder's. */
export interface TierAdjustment {
  readonly rate: Rate;
  /** What everybody metered, in the rate's unit, and what of it the holder did. */
  readonly monthQuantity: Fraction;
  readonly ownQuantity: Fraction;
  /** The month's quantity over the tiers. */
  readonly tiers: readonly TierShare[];
  /** By how much the tiers differ from the list rate that everything was rated at: exact, in USD. */
  readonly differenceUsd: Fraction;
  /** That, rounded once. */
  readonly monthNanoUsd: NanoUsd;
  /** The holder's share of it. */
  readonly nanoUsd: NanoUsd;
}

/** A SKU's quantities by holder in one base unit. */
interface SkuWeights {
  readonly weights: readonly bigint[];
  readonly perUnit: bigint;
}

const greatestDivisor = (left: bigint, right: bigint): bigint => (right === 0n ? left : greatestDivisor(right, left % right));

const weightsOf = (holders: readonly HolderQuantities[]): ReadonlyMap<string, SkuWeights> => {
  const metered = holders.flatMap(({ totals }, holder) => meteredQuantitiesOf(totals).map((quantity) => ({ ...quantity, holder })));
  return new Map(
    [...Map.groupBy(metered, ({ sku }) => sku)].map(([sku, quantities]) => {
      const perUnit = quantities.reduce((common, one) => (common / greatestDivisor(common, one.perUnit)) * one.perUnit, 1n);
      const weights = holders.map(() => 0n);
      for (const one of quantities) weights[one.holder] = (weights[one.holder] ?? 0n) + one.base * (perUnit / one.perUnit);
      return [sku, { weights, perUnit }] as const;
    }),
  );
};

/** The accounts, or the platform (undefined), that have less than nothing of a SKU: their quantities were read while others booked. */
export const impossibleHolders = (holders: readonly HolderQuantities[]): readonly (string | undefined)[] => {
  const weights = [...weightsOf(holders).values()];
  return holders.filter((_holder, index) => weights.some((one) => (one.weights[index] ?? 0n) < 0n)).map(({ accountId }) => accountId);
};

const adjustmentsOf = (rate: Rate, { weights, perUnit }: SkuWeights): readonly (TierAdjustment | undefined)[] => {
  const monthQuantity = fraction(weights.reduce((sum, weight) => sum + weight, 0n), perUnit);
  const tiers = graduatedShares(rate.tiers, fraction(0n), monthQuantity);
  const graduatedUsd = tiers.reduce((sum, { usd }) => add(sum, usd), fraction(0n));
  const differenceUsd = add(graduatedUsd, multiply(multiply(monthQuantity, ratePrice(rate).usdPerUnit), fraction(-1n)));
  const monthNanoUsd = toNanoUsd(differenceUsd);
  const shares = largestRemainderShares(monthNanoUsd, weights);
  return shares.map((nanoUsd, index) =>
    nanoUsd === 0n ? undefined : { rate, monthQuantity, ownQuantity: fraction(weights[index] ?? 0n, perUnit), tiers, differenceUsd, monthNanoUsd, nanoUsd },
  );
};

/**
 * What volume tiers make of a month's quantities, for each holder in their order, by SKU: what everything together costs in
 * its tiers less what it was rated at (the first tier that is not free), rounded once for each SKU, half-even, to 10^-9 USD, and
 * shared in proportion to quantities by largest remainder. A SKU without several tiers has none, nor has one that no rate is known of.
 * @throws RangeError when somebody has less than nothing
 */
export const tierAdjustments = (holders: readonly HolderQuantities[], rateOf: (sku: string) => Rate | undefined): readonly (readonly TierAdjustment[])[] => {
  const bySku = [...weightsOf(holders)].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([sku, weights]) => {
    const rate = rateOf(sku);
    return rate === undefined || rate.tiers.length === 1 ? [] : [adjustmentsOf(rate, weights)];
  });
  return holders.map((_holder, index) => bySku.flatMap((adjustments) => adjustments[index] ?? []));
};
