import { add, compare, fraction, multiply, parseDecimal, type Fraction } from './fraction.ts';
import type { RateTier } from './rate.ts';

/** The part of a quantity that falls into one tier, and what it costs exactly. */
export interface TierShare {
  readonly tier: RateTier;
  readonly quantity: Fraction;
  readonly usd: Fraction;
}

const smaller = (left: Fraction, right: Fraction): Fraction => (compare(left, right) <= 0n ? left : right);
const larger = (left: Fraction, right: Fraction): Fraction => (compare(left, right) >= 0n ? left : right);
const minus = (left: Fraction, right: Fraction): Fraction => add(left, multiply(right, fraction(-1n)));

/**
 * Splits what lies between two cumulative quantities of a month over graduated tiers.
 * @throws RangeError when the quantity shrinks, or when the tiers leave part of it uncovered
 */
export const graduatedShares = (tiers: readonly RateTier[], fromQuantity: Fraction, toQuantity: Fraction): readonly TierShare[] => {
  if (compare(toQuantity, fromQuantity) < 0n) throw new RangeError('a cumulative quantity cannot shrink');
  const shares = tiers.flatMap((tier) => {
    const from = larger(parseDecimal(tier.from), fromQuantity);
    const to = tier.to === undefined ? toQuantity : smaller(parseDecimal(tier.to), toQuantity);
    if (compare(to, from) <= 0n) return [];
    const quantity = minus(to, from);
    return [{ tier, quantity, usd: multiply(quantity, parseDecimal(tier.usdPerUnit)) }];
  });
  const covered = shares.reduce((sum, { quantity }) => add(sum, quantity), fraction(0n));
  if (compare(covered, minus(toQuantity, fromQuantity)) !== 0n) throw new RangeError('the tiers do not cover the whole quantity exactly once');
  return shares;
};

/** What lies between two cumulative quantities costs exactly, in dollars. */
export const graduatedUsd = (tiers: readonly RateTier[], fromQuantity: Fraction, toQuantity: Fraction): Fraction =>
  graduatedShares(tiers, fromQuantity, toQuantity).reduce((sum, { usd }) => add(sum, usd), fraction(0n));
