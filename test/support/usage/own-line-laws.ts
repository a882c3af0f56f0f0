import { add, fraction, multiply, type Fraction } from '../../../lambda/domain/pricing/fraction.ts';
import { graduatedUsd } from '../../../lambda/domain/pricing/graduated-charge.ts';
import { ratePrice } from '../../../lambda/domain/pricing/rate.ts';
import { toNanoUsd } from '../../../lambda/domain/pricing/usd.ts';
import { meteredQuantitiesOf, sumMetered } from '../../../lambda/domain/usage/metered-totals.ts';
import { bookOwnLines, ownPurposes } from '../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { chargeOf, costOf } from '../../../lambda/domain/usage/usage-view.ts';
import { accountIdsOf, ledgerMonths } from './ledger-commands.ts';
import { bookedProfiles, expectEqual } from './ledger-laws.ts';
import { ledgerBooks, ledgerDeps, ledgerMinimumUsd } from './ledger-prices.ts';

type Booked = Awaited<ReturnType<typeof bookedProfiles>>;

const isDerived = ({ head: { owner } }: Booked[number]): boolean => owner.kind !== 'BREAKOUT' && Object.values<string>(ownPurposes).includes(owner.purpose);

/** What tiers take off a month: one sum over everything, SKU by SKU, whoever used it. */
const tiersTakeOff = (profiles: Booked, month: string): bigint => {
  const everything = sumMetered(...profiles.filter(({ head }) => head.month === month).flatMap(({ head }) => [head.metered, head.platformMetered]));
  const quantities = new Map<string, Fraction>();
  for (const { sku, base, perUnit } of meteredQuantitiesOf(everything)) quantities.set(sku, add(quantities.get(sku) ?? fraction(0n), fraction(base, perUnit)));
  // The second book is of the next year.
  const rates = ledgerBooks[0].rates;
  return [...quantities].reduce((sum, [sku, quantity]) => {
    const rate = rates.find((one) => one.sku === sku)!;
    const list = multiply(quantity, ratePrice(rate).usdPerUnit);
    return sum + toNanoUsd(add(graduatedUsd(rate.tiers, fraction(0n), quantity), multiply(list, fraction(-1n))));
  }, 0n);
};

const expectTiers = (profiles: Booked): void => {
  for (const month of ledgerMonths) {
    const adjusted = profiles.filter(({ head }) => head.month === month && head.owner.kind !== 'BREAKOUT' && head.owner.purpose === ownPurposes.tierAdjustment);
    expectEqual(adjusted.reduce((sum, { head }) => sum + costOf(head.totals), 0n), tiersTakeOff(profiles, month));
  }
};

/** From November on the first account pays what is missing to its minimum, and no more; the second has none. */
const expectMinimums = async (run: string, usage: UsageStore): Promise<void> => {
  for (const [index, month] of ledgerMonths.entries()) {
    for (const [account, accountId] of accountIdsOf(run).entries()) {
      const { measures } = await usage.accountUsage(accountId, month);
      const missing = ledgerMinimumUsd * 10n ** 9n - (chargeOf(measures) - (measures.minimumChargeNanoUsd ?? 0n));
      const minimum = (await usage.head({ kind: 'ACCOUNT', accountId, purpose: ownPurposes.minimum }, month))?.totals.minimumChargeNanoUsd ?? 0n;
      expectEqual(minimum, account === 0 && index > 0 && missing > 0n ? missing : 0n);
    }
  }
};

/**
 * Booking the own lines of all months makes them what volume tiers and minimums come to; booking them twice changes nothing,
 * and nothing else changes: no breakout, and nothing that was measured.
 */
export const expectOwnLines = async (run: string, usage: UsageStore, now: () => Date): Promise<void> => {
  const own = bookOwnLines(ledgerDeps(accountIdsOf(run), usage, now));
  const before = await bookedProfiles(run, usage);
  for (const month of ledgerMonths) await own(month);
  const after = await bookedProfiles(run, usage);
  expectEqual(after.filter((one) => !isDerived(one)), before.filter((one) => !isDerived(one)));
  for (const month of ledgerMonths) await own(month);
  expectEqual(await bookedProfiles(run, usage), after);
  expectTiers(after);
  await expectMinimums(run, usage);
};
