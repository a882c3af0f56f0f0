import { fraction, reduce } from '../pricing/fraction.ts';
import { formatUsd } from '../pricing/usd.ts';
import type { UsageLine } from './usage-line.ts';

const fractionText = (top: bigint, bottom: bigint): string => {
  const { numerator, denominator } = reduce(fraction(top, bottom));
  return denominator === 1n ? numerator.toString() : `${numerator.toString()}/${denominator.toString()}`;
};

/** A line as people read it: how its charge came to be, numbers as exact strings. */
export const usageLineView = ({ quantity, basis, billable, metered, nanoUsd, chargeNanoUsd, adds: _adds, ...line }: UsageLine) => ({
  ...line,
  ...(quantity ? { quantity: { amount: quantity.amount.toString(), unit: quantity.unit } } : {}),
  ...(basis ? { basis: { criteria: basis.criteria, base: basis.base.toString(), perUnit: basis.perUnit.toString() } } : {}),
  ...(billable ? { billable: { amount: fractionText(billable.numerator, billable.denominator), unit: billable.unit } } : {}),
  ...(metered ? { metered: { sku: metered.sku, base: metered.base.toString(), perUnit: metered.perUnit.toString() } } : {}),
  ...(nanoUsd === undefined ? {} : { usd: formatUsd(nanoUsd) }),
  ...(chargeNanoUsd === undefined ? {} : { chargeUsd: formatUsd(chargeNanoUsd) }),
});
