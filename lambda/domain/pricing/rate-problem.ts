import { compare, fraction, parseDecimal, type Fraction } from './fraction.ts';
import { listedRatio, type Rate, type RateTier } from './rate.ts';

/** No unit of anything that is metered costs so much. */
const implausibleUsd = 1_000_000n;

const decimal = /^\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;

const decimalOf = (text: string): Fraction | undefined => (decimal.test(text) ? parseDecimal(text) : undefined);

const isEqual = (one: string, other: string): boolean => compare(parseDecimal(one), parseDecimal(other)) === 0n;

const priceProblem = ({ usdPerUnit, rateCode }: RateTier): string | undefined => {
  const usd = decimalOf(usdPerUnit);
  if (usd === undefined) return `the price of ${rateCode} is "${usdPerUnit}", expected USD of 0 or more as a decimal such as 0.0850000000`;
  return compare(usd, fraction(implausibleUsd)) < 0n ? undefined : `the price of ${rateCode} is ${usdPerUnit} USD a unit, expected less than ${implausibleUsd.toString()}`;
};

const rangeProblem = (tiers: readonly RateTier[]): string | undefined => {
  const wrong = tiers.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]).find((bound) => decimalOf(bound) === undefined);
  if (wrong !== undefined) return `a tier's range has the bound "${wrong}", expected a decimal of 0 or more, or Inf`;
  const isWhole = tiers.every(({ from, to }, index) => {
    const next = tiers[index + 1]?.from;
    const begins = index > 0 || isEqual(from, '0');
    return begins && (next === undefined || to === undefined ? next === to : isEqual(to, next));
  });
  return isWhole ? undefined : `its tiers are ${tiers.map(({ from, to }) => `${from} to ${to ?? 'Inf'}`).join(', ')}, expected from 0 to Inf without gaps or overlaps`;
};

const ratioProblem = (rate: Rate): string | undefined => {
  const ratio = decimalOf(listedRatio(rate));
  return ratio !== undefined && ratio.numerator > 0n ? undefined : `its normalizationRatio is "${listedRatio(rate)}", expected a decimal above 0`;
};

/**
 * Why nothing can be charged by a rate: prices that are no numbers, negative or implausible, tiers that do not cover
 * every quantity once. Undefined when all is well. `tiers` ascend by `from`.
 */
export const rateProblem = (rate: Rate): string | undefined => {
  if (rate.tiers.length === 0) return 'it has no price, expected at least one tier';
  if (Number.isNaN(Date.parse(rate.effectiveDate))) return `it is effective from "${rate.effectiveDate}", expected a time`;
  const prices = rate.tiers.map(priceProblem).find((problem) => problem !== undefined);
  return prices ?? rangeProblem(rate.tiers) ?? ratioProblem(rate);
};
