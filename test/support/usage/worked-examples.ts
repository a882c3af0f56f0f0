import { transferCriteria } from '../../../lambda/domain/pricing/delivery-rates.ts';
import { fraction, parseDecimal, multiply, type Fraction } from '../../../lambda/domain/pricing/fraction.ts';
import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import { sortTiers, type Rate, type RateTier } from '../../../lambda/domain/pricing/rate.ts';
import { formatUsd } from '../../../lambda/domain/pricing/usd.ts';
import { sumMeasures } from '../../../lambda/domain/usage/measures.ts';
import { meteredTotalsOf } from '../../../lambda/domain/usage/metered-totals.ts';
import { bytesPerGigabyte } from '../../../lambda/domain/usage/meters/packaging-meter.ts';
import { tierAdjustments } from '../../../lambda/domain/usage/own-lines/tier-adjustments.ts';
import { rerated } from '../../../lambda/domain/usage/price-line.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import { costOf } from '../../../lambda/domain/usage/usage-view.ts';
import vectors from '../../vectors/usage-golden.json' with { type: 'json' };
import { aPriceBook, aRate, someRates } from './a-price-book.ts';
import { aLine } from './a-profile.ts';

/** A book in which some usage types have the prices of an example; the rest is as in the book of the tests. */
export const bookWith = (prices: Readonly<Record<string, string>>): PriceBook =>
  aPriceBook({
    rates: [
      ...someRates.filter(({ usageType }) => prices[usageType] === undefined),
      ...Object.entries(prices).map(([usageType, usd]) => ({ ...(someRates.find((rate) => rate.usageType === usageType) ?? aRate('AWSElementalMediaLive', usageType, 'Hrs', usd)), tiers: [{ from: '0', usdPerUnit: usd, rateCode: usageType }] })),
    ],
  });

/** What lines cost together, in USD. */
export const usdOf = (lines: readonly UsageLine[]): string => formatUsd(costOf(sumMeasures(lines.map(({ adds }) => adds))));

/** The tiers of CloudFront's example, as the list gives them: in no order. */
export const exampleTiers: readonly RateTier[] = sortTiers(
  vectors.cloudFrontGraduated.tiers.map(({ fromGB, toGB, usdPerGB }): RateTier => ({ from: fromGB, ...(toGB === 'Inf' ? {} : { to: toGB }), usdPerUnit: usdPerGB, rateCode: fromGB })).reverse(),
);

const transfer: Rate = aRate('AmazonCloudFront', 'US-DataTransfer-Out-Bytes', 'GB', '0', { tiers: exampleTiers });

const bytesOf = (gigabytes: string): bigint => {
  const { numerator, denominator }: Fraction = multiply(parseDecimal(gigabytes), fraction(bytesPerGigabyte));
  return numerator / denominator;
};

/** What an account was sent in a month, rated as breakouts are: at the list rate of the first tier. */
const transferLine = (gigabytes: string): UsageLine => {
  const basis = { criteria: transferCriteria('US'), base: bytesOf(gigabytes), perUnit: bytesPerGigabyte };
  return rerated(aLine({ category: 'delivery', adds: { deliveryAttributedBytes: basis.base }, basis }), aPriceBook({ rates: [transfer] }));
};

/** What accounts' traffic of a month costs: at list rates, and what the tiers of everybody's month take off. */
export const transferOfMonth = (gigabytesOf: Readonly<Record<string, string>>) => {
  const lines = Object.entries(gigabytesOf).map(([accountId, gigabytes]) => ({ accountId, line: transferLine(gigabytes) }));
  const holders = lines.map(({ accountId, line }) => ({ accountId, totals: meteredTotalsOf(line.metered ? [line.metered] : []) }));
  const adjustments = tierAdjustments(holders, () => transfer).map((one) => one.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0n));
  const costs = lines.map(({ line }) => line.nanoUsd ?? 0n);
  return {
    accounts: lines.map(({ accountId }, index) => ({ account: accountId, listUsd: formatUsd(costs[index] ?? 0n), adjustmentUsd: formatUsd(adjustments[index] ?? 0n) })),
    usd: formatUsd([...costs, ...adjustments].reduce((sum, one) => sum + one, 0n)),
  };
};
