import { formatUsd } from '../pricing/usd.ts';
import type { UsageLine } from './usage-line.ts';

const greatestDivisor = (left: bigint, right: bigint): bigint => (right === 0n ? left : greatestDivisor(right, left % right));

const fractionText = (numerator: bigint, denominator: bigint): string => {
  const divisor = greatestDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return divisor === denominator ? (numerator / divisor).toString() : `${(numerator / divisor).toString()}/${(denominator / divisor).toString()}`;
};

/** A line as people read it: how its charge came to be, numbers as exact strings. */
export const usageLineView = ({ quantity, billable, metered, nanoUsd, chargeNanoUsd, adds: _adds, points: _points, ...line }: UsageLine) => ({
  ...line,
  ...(quantity ? { quantity: { amount: quantity.amount.toString(), unit: quantity.unit } } : {}),
  ...(billable ? { billable: { amount: fractionText(billable.numerator, billable.denominator), unit: billable.unit } } : {}),
  ...(metered ? { metered: { sku: metered.sku, base: metered.base.toString(), perUnit: metered.perUnit.toString() } } : {}),
  ...(nanoUsd === undefined ? {} : { usd: formatUsd(nanoUsd) }),
  ...(chargeNanoUsd === undefined ? {} : { chargeUsd: formatUsd(chargeNanoUsd) }),
});
