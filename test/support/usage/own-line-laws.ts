import { add, fraction, multiply, reduce, type Fraction } from '../../../lambda/domain/pricing/fraction.ts';
import { graduatedUsd } from '../../../lambda/domain/pricing/graduated-charge.ts';
import { ratePrice, type Rate } from '../../../lambda/domain/pricing/rate.ts';
import { toNanoUsd } from '../../../lambda/domain/pricing/usd.ts';
import { meteredQuantitiesOf, type MeteredTotals } from '../../../lambda/domain/usage/metered-totals.ts';
import { bookEndedMonths } from '../../../lambda/domain/usage/own-lines/book-ended-months.ts';
import { bookOwnLines } from '../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import { isDue } from '../../../lambda/domain/usage/own-lines/own-line-months.ts';
import { isDerived, ownPurposes } from '../../../lambda/domain/usage/own-lines/own-purposes.ts';
import { accountOf } from '../../../lambda/domain/usage/profile-owner.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { chargeOf, costOf } from '../../../lambda/domain/usage/usage-view.ts';
import { accountIdsOf, ledgerMonths } from './ledger-commands.ts';
import { bookedProfiles, expectEqual } from './ledger-laws.ts';
import { ledgerBooks, ledgerDeps, ledgerMinimumUsd } from './ledger-prices.ts';

type Booked = Awaited<ReturnType<typeof bookedProfiles>>;

const isMeasured = ({ head }: Booked[number]): boolean => !isDerived(head.owner);

/** Who metered a quantity, and at which tiers. */
interface RatedQuantity {
  readonly holder: string;
  readonly sku: string;
  readonly rate: Rate;
  readonly quantity: Fraction;
}

const platform = 'platform';

const rated = (holder: string, totals: MeteredTotals): readonly RatedQuantity[] =>
  meteredQuantitiesOf(totals).map(({ sku, base, perUnit, priceBookId }) => {
    // The second book is of the next year: what names no book has the first one's tiers.
    const book = ledgerBooks.find(({ bookId }) => bookId === priceBookId) ?? ledgerBooks[0];
    return { holder, sku, rate: book.rates.find((one) => one.sku === sku)!, quantity: fraction(base, perUnit) };
  });

const ratedIn = (profiles: Booked, month: string): readonly RatedQuantity[] =>
  profiles.filter(({ head }) => head.month === month).flatMap(({ head }) => [...rated(accountOf(head.owner) ?? platform, head.metered), ...rated(platform, head.platformMetered)]);

const total = (quantities: readonly RatedQuantity[]): Fraction => quantities.reduce((sum, { quantity }) => reduce(add(sum, quantity)), fraction(0n));

/** What a rate's tiers take off a month that has so much of its SKU, for each unit. */
const takenOffEach = (rate: Rate, all: Fraction): Fraction => {
  if (all.numerator === 0n) return fraction(0n);
  const list = multiply(all, ratePrice(rate).usdPerUnit);
  return multiply(add(graduatedUsd(rate.tiers, fraction(0n), all), multiply(list, fraction(-1n))), fraction(all.denominator, all.numerator));
};

/** What tiers take off some quantities, exactly: each at the tiers of the book that it is rated with, of everybody's month. */
const takenOff = (quantities: readonly RatedQuantity[], everybodys: readonly RatedQuantity[]): Fraction =>
  quantities.reduce((sum, { sku, rate, quantity }) => reduce(add(sum, multiply(quantity, takenOffEach(rate, total(everybodys.filter((one) => one.sku === sku)))))), fraction(0n));

const isWithin = (nanoUsd: bigint, exactUsd: Fraction, tolerance: bigint): boolean => {
  const difference = add(fraction(nanoUsd, 10n ** 9n), multiply(exactUsd, fraction(-1n)));
  const size = difference.numerator < 0n ? -difference.numerator : difference.numerator;
  return size * 10n ** 9n <= tolerance * difference.denominator;
};

/** One rounding and one share for each SKU and its tiers: so far may a holder be from the exact amount. */
const roundings = 6n;

const expectTiers = (profiles: Booked): void => {
  for (const month of ledgerMonths) {
    const quantities = ratedIn(profiles, month);
    const adjusted = profiles.filter(({ head }) => head.month === month && head.owner.kind !== 'BREAKOUT' && head.owner.purpose === ownPurposes.tierAdjustment);
    const bookedOf = (holder: string): bigint => adjusted.filter(({ head }) => (accountOf(head.owner) ?? platform) === holder).reduce((sum, { head }) => sum + costOf(head.totals), 0n);
    for (const [holder, own] of Map.groupBy(quantities, (one) => one.holder)) {
      if (!isWithin(bookedOf(holder), takenOff(own, quantities), roundings)) expect(`${holder} ${month} ${bookedOf(holder)}`).toEqual(takenOff(own, quantities));
    }
    const bySku = [...Map.groupBy(quantities, ({ sku }) => sku).values()];
    if (bySku.some((some) => new Set(some.map(({ rate }) => rate)).size > 1)) continue;
    expectEqual(adjusted.reduce((sum, { head }) => sum + costOf(head.totals), 0n), bySku.reduce((sum, some) => sum + toNanoUsd(takenOff(some, some)), 0n));
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
 * The schedule makes the own lines of all months what volume tiers and minimums come to, whatever was booked, corrected,
 * closed or broke off before: it knows which months have to be looked at. Booking them again changes nothing, and nothing
 * else changes: no breakout, and nothing that was measured.
 */
export const expectOwnLines = async (run: string, usage: UsageStore, now: () => Date): Promise<void> => {
  const deps = ledgerDeps(accountIdsOf(run), usage, now);
  const own = bookOwnLines(deps);
  const before = await bookedProfiles(run, usage);
  expectEqual(await bookEndedMonths({ ...deps, usage })(), []);
  const after = await bookedProfiles(run, usage);
  expectEqual(after.filter(isMeasured), before.filter(isMeasured));
  for (const month of ledgerMonths) await own(month);
  expectEqual(await bookedProfiles(run, usage), after);
  expectEqual((await usage.ownLineMonths()).filter(isDue), []);
  expectTiers(after);
  await expectMinimums(run, usage);
};
