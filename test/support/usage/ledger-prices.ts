import { transferCriteria } from '../../../lambda/domain/pricing/delivery-rates.ts';
import type { BookOwnLinesDeps } from '../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import { pricedLine } from '../../../lambda/domain/usage/price-line.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { aPriceBook } from './a-price-book.ts';
import { somePriceTerms } from './memory-price-terms.ts';
import { ownLinesDeps, partlyFreeRuns, tieredTransfer } from './own-lines.ts';

const [firstTier, ...otherTiers] = tieredTransfer.tiers;

/** The book that usage is rated with, and one with another price. */
export const ledgerBooks = [
  aPriceBook({ rates: [tieredTransfer, partlyFreeRuns] }),
  aPriceBook({ bookId: 'us-east-1@2027-01-01T00:00:00.000Z', fetchedAt: '2027-01-01T00:00:00.000Z', rates: [{ ...tieredTransfer, tiers: [{ ...firstTier!, usdPerUnit: '0.0913' }, ...otherTiers] }, partlyFreeRuns] }),
] as const;

/** What the first account pays for a month at least, from November on. */
export const ledgerMinimumUsd = 1_000n;

/** What own lines of some accounts are booked with: the first has price terms. */
export const ledgerDeps = (accountIds: readonly string[], usage: UsageStore, now: () => Date): BookOwnLinesDeps =>
  ownLinesDeps({
    usage,
    accountIds,
    terms: [somePriceTerms({ accountId: accountIds[0]!, monthlyMinimumUsd: ledgerMinimumUsd.toString(), markUpPercent: { delivery: '7.5' } })],
    books: ledgerBooks,
    now: () => now().getTime(),
  });

/** A line of traffic, rated with the first book. */
export const ratedTransfer = (line: UsageLine, base: bigint): UsageLine => pricedLine({ ...line, category: 'delivery', basis: { criteria: transferCriteria('US'), base, perUnit: 1n << 30n } }, ledgerBooks[0]);
