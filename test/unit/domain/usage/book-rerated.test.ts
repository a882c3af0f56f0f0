import { transferCriteria } from '../../../../lambda/domain/pricing/delivery-rates.ts';
import { bookProfile } from '../../../support/usage/book-profile.ts';
import { bookRerated } from '../../../../lambda/domain/usage/book-rerated.ts';
import { pricedLine } from '../../../../lambda/domain/usage/price-line.ts';
import { chargedLines } from '../../../../lambda/domain/usage/charges/charged-lines.ts';
import type { MeasuredProfile } from '../../../../lambda/domain/usage/usage-profile.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryPriceTerms, somePriceTerms } from '../../../support/usage/memory-price-terms.ts';
import { memoryUsageHistory } from '../../../support/usage/memory-usage-history.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';

const gigabyte = 1n << 30n;
const month = '2026-11';
const wrongBook = aPriceBook();
const rightBook = aPriceBook({ bookId: 'us-east-1@2026-12-01T00:00:00.000Z', rates: [aRate('AmazonCloudFront', 'US-DataTransfer-Out-Bytes', 'GB', '0.0800000000')] });
const terms = somePriceTerms({ markUpPercent: { delivery: '10' } });

/** A hundred GB of traffic, rated with the wrong book at 8.50 USD and charged with 9.35. */
const someTraffic = (overrides: Partial<MeasuredProfile> = {}): MeasuredProfile => {
  const line = pricedLine({ ...aLine({ key: 'transfer', category: 'delivery', adds: { deliveryAttributedBytes: 100n * gigabyte } }), basis: { criteria: transferCriteria('US'), base: 100n * gigabyte, perUnit: gigabyte } }, wrongBook);
  return { ...aMeasuredProfile({ stage: 'FINAL', lines: chargedLines([line], terms), priceBookId: wrongBook.bookId, priceTermsId: terms.termsId }), ...overrides };
};

const someBooks = async (profile = someTraffic()) => {
  const usage = memoryUsageStore();
  const now = Date.parse('2026-12-05T00:00:00.000Z');
  const book = bookProfile({ usage, now: () => new Date(now) });
  await book(profile);
  const correct = bookRerated({ usage, history: memoryUsageHistory(usage.moves), terms: memoryPriceTerms(terms), now: () => now });
  return { usage, book, correct: (priceBook = rightBook) => correct({ owner: aBreakoutOwner(), month, book: priceBook }) };
};

describe('bookRerated', () => {
  it('books the same quantities at the other prices, by the same terms', async () => {
    const { usage, correct } = await someBooks();

    const booked = await correct();

    expect(booked).toMatchObject({
      before: { version: 1, priceBookId: wrongBook.bookId, totals: { deliveryNanoUsd: 8_500_000_000n, deliveryChargeNanoUsd: 9_350_000_000n } },
      after: { version: 2, status: 'CORRECTED', priceBookId: rightBook.bookId, priceTermsId: terms.termsId, totals: { deliveryNanoUsd: 8_000_000_000n, deliveryChargeNanoUsd: 8_800_000_000n, deliveryAttributedBytes: 100n * gigabyte } },
    });
    expect(usage.moves[1]).toMatchObject({ difference: { deliveryNanoUsd: -500_000_000n, deliveryChargeNanoUsd: -550_000_000n }, meteredDifference: {} });
  });

  it('bills the difference in the open month when the charge period is closed', async () => {
    const { usage, correct } = await someBooks();
    await usage.closeBilling(itemIds.account, month, '2026-12-03T00:00:00.000Z');

    await correct();

    expect((await usage.billing(itemIds.account, month)).measures.deliveryChargeNanoUsd).toBe(9_350_000_000n);
    expect((await usage.corrections(itemIds.account, '2026-12', { limit: 5 })).items).toMatchObject([{ month, difference: { deliveryChargeNanoUsd: -550_000_000n }, priceBookId: rightBook.bookId }]);
  });

  it('changes nothing when it is done again', async () => {
    const { usage, correct } = await someBooks();
    const { after } = (await correct())!;

    expect(await correct()).toEqual({ before: after, after });
    expect(usage.moves).toHaveLength(2);
  });

  it('leaves what is provisional provisional, and what accrues accruing', async () => {
    const { correct } = await someBooks(someTraffic({ stage: 'PROVISIONAL', accrual: 'OPEN' }));

    expect((await correct())?.after).toMatchObject({ status: 'PROVISIONAL', accrual: 'OPEN', totals: { deliveryNanoUsd: 8_000_000_000n } });
  });

  it('keeps what the lines were summed from', async () => {
    const series = [{ name: 'transfer', from: '2026-11-23T10:00:00.000Z', periodSeconds: 60, values: [1n, null] }];
    const { usage, correct } = await someBooks(someTraffic({ series }));

    await correct();

    expect(usage.moves[1]?.series).toEqual(series);
  });

  it('rejects a book that lacks a price, and books nothing', async () => {
    const { usage, correct } = await someBooks();

    await expect(correct(aPriceBook({ bookId: 'us-east-1@empty', rates: [] }))).rejects.toMatchObject({
      name: 'Conflict',
      code: 'price-missing',
      message: 'price book us-east-1@empty has no price for 1 line that has one (transfer: no SKU for transfer to viewers from US in any Region), expected one for each: book with a price book that has them',
    });
    expect(usage.moves).toHaveLength(1);
  });

  it('answers nothing where nothing is booked', async () => {
    const { usage, correct } = await someBooks(someTraffic({ month: '2026-10' }));

    expect(await correct()).toBeUndefined();
    expect(usage.moves).toHaveLength(1);
  });
});
