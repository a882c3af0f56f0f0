import { transferCriteria } from '../../../../lambda/domain/pricing/delivery-rates.ts';
import { bookProfile } from '../../../support/usage/book-profile.ts';
import { bookReratedLevel } from '../../../../lambda/domain/usage/book-rerated-level.ts';
import { pricedLine } from '../../../../lambda/domain/usage/price-line.ts';
import { aBreakout, anEvent } from '../../../support/shows/a-plan.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryPriceBooks } from '../../../support/usage/memory-price-books.ts';
import { somePriceTerms } from '../../../support/usage/memory-price-terms.ts';
import { memoryUsageHistory } from '../../../support/usage/memory-usage-history.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';
import { ownLinesDeps } from '../../../support/usage/own-lines.ts';

const month = '2026-11';
const wrongBook = aPriceBook();
const rightBook = aPriceBook({ bookId: 'us-east-1@2026-12-01T00:00:00.000Z', fetchedAt: '2026-12-01T00:00:00.000Z', rates: [aRate('AmazonCloudFront', 'US-DataTransfer-Out-Bytes', 'GB', '0.08')] });
const emptyBook = aPriceBook({ bookId: 'us-east-1@2026-12-02T00:00:00.000Z', fetchedAt: '2026-12-02T00:00:00.000Z', rates: [] });

/** Breakouts of one event that used some GB each, rated at 0.085 USD; the account pays ten dollars at least. */
const anAccountsMonth = async (...gigabytes: bigint[]) => {
  const usage = memoryUsageStore();
  const clock = { now: Date.parse('2026-12-05T00:00:00.000Z') };
  const breakouts = gigabytes.map((_, index) => aBreakout({ breakoutId: `bko_${index}`, eventId: itemIds.event, accountId: itemIds.account }));
  const book = bookProfile({ usage, now: () => new Date(clock.now) });
  for (const [index, base] of gigabytes.entries()) {
    const line = pricedLine({ ...aLine({ category: 'delivery', adds: {} }), basis: { criteria: transferCriteria('US'), base, perUnit: 1n } }, wrongBook);
    await book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: `bko_${index}` }), stage: 'FINAL', lines: [line], priceBookId: wrongBook.bookId }));
  }
  const correct = bookReratedLevel({
    ...ownLinesDeps({ usage, accountIds: [itemIds.account], terms: [somePriceTerms({ monthlyMinimumUsd: '10' })], now: () => clock.now }),
    usage,
    history: memoryUsageHistory(usage.moves),
    books: memoryPriceBooks(wrongBook, rightBook, emptyBook),
    breakouts: { listByEvent: async () => ({ items: breakouts }) },
    events: { listByAccount: async () => ({ items: [anEvent({ eventId: itemIds.event, accountId: itemIds.account })] }) },
  });
  return { usage, correct: (priceBook: string) => correct({ subject: { kind: 'ACCOUNT', accountId: itemIds.account }, month, priceBook }) };
};

describe('bookReratedLevel', () => {
  it('corrects every show, and the minimum after them', async () => {
    const { usage, correct } = await anAccountsMonth(20n, 30n);

    const booked = await correct(rightBook.bookId);

    expect(booked.map(({ before, after }) => [before.totals.deliveryChargeNanoUsd, after.totals.deliveryChargeNanoUsd])).toEqual([[1_700_000_000n, 1_600_000_000n], [2_550_000_000n, 2_400_000_000n]]);
    expect((await usage.accountUsage(itemIds.account, month)).measures).toMatchObject({ deliveryChargeNanoUsd: 4_000_000_000n, minimumChargeNanoUsd: 6_000_000_000n });
  });

  it('changes nothing when it is done again', async () => {
    const { usage, correct } = await anAccountsMonth(20n, 30n);
    await correct(rightBook.bookId);
    const { length } = usage.moves;

    const again = await correct(rightBook.bookId);

    expect(again.every(({ before, after }) => before === after)).toBe(true);
    expect(usage.moves).toHaveLength(length);
  });

  it('rejects a book that lacks a price of one show, and corrects none', async () => {
    const { usage, correct } = await anAccountsMonth(20n, 30n);

    await expect(correct(emptyBook.bookId)).rejects.toMatchObject({ name: 'Conflict', code: 'price-missing' });
    expect(usage.moves).toHaveLength(2);
  });

  it('rejects more shows than a call books', async () => {
    const { correct } = await anAccountsMonth(...Array.from({ length: 101 }, () => 1n));

    await expect(correct(rightBook.bookId)).rejects.toMatchObject({ name: 'InvalidInput', code: 'range-too-wide', message: 'this month has more than 100 shows with usage in 2026-11, expected up to 100 shows with usage: correct its events, or breakout by breakout' });
  });
});
