import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import type { Rate } from '../../../lambda/domain/pricing/rate.ts';
import type { PriceTerms } from '../../../lambda/domain/pricing/terms/price-terms.ts';
import type { BookOwnLinesDeps } from '../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { anAccount } from '../shows/a-plan.ts';
import { aPriceBook, aRate } from './a-price-book.ts';
import { memoryPriceBooks } from './memory-price-books.ts';
import { memoryPriceTerms } from './memory-price-terms.ts';

/** Traffic of the United States in its first tiers, at CloudFront's prices. */
export const tieredTransfer: Rate = aRate('AmazonCloudFront', 'US-DataTransfer-Out-Bytes', 'GB', '0', {
  sku: 'TRANSFER',
  tiers: [
    { from: '0', to: '10240', usdPerUnit: '0.0850000000', rateCode: 'first' },
    { from: '10240', to: '51200', usdPerUnit: '0.0800000000', rateCode: 'second' },
    { from: '51200', usdPerUnit: '0.0600000000', rateCode: 'third' },
  ],
});

/** Edge functions, of which the first two million runs of a month are always free. */
export const partlyFreeRuns: Rate = aRate('AmazonCloudFront', 'Executions-CloudFrontFunctions', 'Requests', '0', {
  sku: 'RUNS',
  tiers: [
    { from: '0', to: '2000000', usdPerUnit: '0.0000000000', rateCode: 'free' },
    { from: '2000000', usdPerUnit: '0.0000001000', rateCode: 'paid' },
  ],
});

interface OwnLinesWorld {
  readonly usage: UsageStore;
  readonly accountIds: readonly string[];
  readonly terms?: readonly PriceTerms[];
  readonly books?: readonly PriceBook[];
  readonly now?: () => number;
}

/** What booking own lines needs, over a store; with a book that has tiers. */
export const ownLinesDeps = ({ usage, accountIds, terms = [], books = [aPriceBook({ rates: [tieredTransfer, partlyFreeRuns] })], now = () => Date.parse('2026-12-02T12:00:00.000Z') }: OwnLinesWorld): BookOwnLinesDeps => ({
  usage,
  accounts: { list: async () => ({ items: accountIds.map((accountId) => anAccount({ accountId })) }) },
  books: memoryPriceBooks(...books),
  terms: memoryPriceTerms(...terms),
  pricedRegion: 'us-east-1',
  now,
});
