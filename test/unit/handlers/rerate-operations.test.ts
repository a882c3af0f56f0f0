import * as z from 'zod';
import { priceBookSchema, priceBooksSchema } from '../../../lambda/contract/api/price-books.ts';
import { reratedBreakoutSchema, reratedLevelSchema } from '../../../lambda/contract/api/rerated-usage.ts';
import { originationCriteria, ingestCriteria } from '../../../lambda/domain/pricing/packaging-rates.ts';
import { chargedLines } from '../../../lambda/domain/usage/charges/charged-lines.ts';
import { rerated } from '../../../lambda/domain/usage/price-line.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import { aBreakout, aCaller } from '../../support/shows/a-plan.ts';
import { aPriceBook, aRate } from '../../support/usage/a-price-book.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { itemIds } from '../../support/usage/ids.ts';
import { somePriceTerms } from '../../support/usage/memory-price-terms.ts';
import { usageApi } from '../../support/usage/usage-api.ts';

const breakoutId = itemIds.breakout;
const gigabyte = 1n << 30n;
const dearer = aPriceBook({
  bookId: 'us-east-1@2026-11-20T00:10:00.000Z',
  fetchedAt: '2026-11-20T00:10:00.000Z',
  rates: [aRate('AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', 'GB', '0.0400000000')],
});

/** 1 GB in at 0.03 USD, 2 GB out at 0.05, and what no book rates. */
const lines: readonly UsageLine[] = [
  aLine({ key: 'packaging/ingress', adds: { packagingIngressBytes: gigabyte }, basis: { criteria: ingestCriteria('us-east-1'), base: gigabyte, perUnit: gigabyte } }),
  aLine({ key: 'packaging/egress', dimension: 'live origination', adds: { packagingEgressBytes: 2n * gigabyte }, basis: { criteria: originationCriteria('us-east-1'), base: 2n * gigabyte, perUnit: gigabyte } }),
];

const booked = async (terms?: ReturnType<typeof somePriceTerms>, shows: readonly string[] = [breakoutId]) => {
  const api = usageApi();
  await api.books.add(dearer);
  if (terms) await api.terms.add(terms);
  const rated = chargedLines(lines.map((line) => rerated(line, aPriceBook())), terms);
  for (const id of shows) {
    api.world.breakouts.set(id, aBreakout({ breakoutId: id, eventId: itemIds.event, accountId: itemIds.account }));
    await api.book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: id }), lines: rated, priceBookId: aPriceBook().bookId, ...(terms ? { priceTermsId: terms.termsId } : {}) }));
  }
  return api;
};

describe('rating a breakout again', () => {
  it('shows each line beside what another book makes of it, and flags what that has no rate for', async () => {
    const { ask } = await booked();

    const body = z.strictObject(reratedBreakoutSchema.shape).parse(await ask('rerateBreakoutUsage', { breakoutId }, { priceBook: dearer.bookId }));

    expect(body).toMatchObject({
      month: '2026-11',
      version: 1,
      booked: { priceBookId: aPriceBook().bookId, priceTermsId: null },
      priceBookId: dearer.bookId,
      was: { usd: '0.13' },
      is: { usd: '0.04' },
      difference: { usd: '0.01', chargeUsd: '0.01' },
      isComplete: false,
      notCompared: { lines: 1, was: { usd: '0.1' }, is: { usd: '0' } },
      unpricedLines: 1,
    });
    expect(body.words).toBe(
      'costs USD 0.13 as booked and 0.04 rated again (+0.01), is charged with USD 0.13 and 0.04 (+0.01); 1 lines have a price in one of both alone and are not in the difference (USD 0.1 as booked, 0 again); 1 lines have no price in this book',
    );
    expect(body.lines.items.map(({ key, outcome, was, is, difference }) => [key, outcome, was?.usd, is?.usd, is?.unpriced, difference?.usd])).toEqual([
      ['packaging/egress', 'UNPRICED', '0.1', null, 'no SKU for live origination and packaging in us-east-1', undefined],
      ['packaging/ingress', 'CHANGED', '0.03', '0.04', null, '0.01'],
    ]);
  });

  it('sums all lines whatever page is asked for', async () => {
    const { ask } = await booked();

    const first = reratedBreakoutSchema.parse(await ask('rerateBreakoutUsage', { breakoutId }, { priceBook: dearer.bookId, limit: '1' }));
    const second = reratedBreakoutSchema.parse(await ask('rerateBreakoutUsage', { breakoutId }, { priceBook: dearer.bookId, limit: '1', cursor: first.lines.nextCursor ?? '' }));

    expect([...first.lines.items, ...second.lines.items].map(({ key }) => key)).toEqual(['packaging/egress', 'packaging/ingress']);
    expect(second.lines.nextCursor).toBeNull();
    expect(second.difference).toEqual(first.difference);
  });

  it('takes the terms that it is booked with, others where they are asked for, or none', async () => {
    const { ask, terms } = await booked(somePriceTerms({ markUpPercent: { packaging: '100' } }));
    await terms.add(somePriceTerms({ termsId: `${itemIds.account}@2`, version: 2, flatUsd: { packaging: '1' } }));
    const again = async (query: Record<string, string>) => {
      const { priceTermsId, was, is, lines: listed } = reratedBreakoutSchema.parse(await ask('rerateBreakoutUsage', { breakoutId }, { priceBook: aPriceBook().bookId, ...query }));
      return [priceTermsId, was.chargeUsd, is.chargeUsd, listed.items.map(({ outcome }) => outcome)];
    };

    expect(await again({})).toEqual([`${itemIds.account}@1`, '0.26', '0.26', ['SAME', 'SAME']]);
    expect(await again({ terms: '2' })).toEqual([`${itemIds.account}@2`, '0.26', '3', ['ADDED', 'CHANGED', 'CHANGED']]);
    expect(await again({ terms: '0' })).toEqual([null, '0.26', '0.13', ['CHANGED', 'CHANGED']]);
  });

  it('keeps what no book rates, and says so', async () => {
    const api = await booked();
    await api.book(aMeasuredProfile({ month: '2026-10', lines: [aLine({ month: '2026-10', nanoUsd: 7n, chargeNanoUsd: 7n, adds: { packagingNanoUsd: 7n, packagingChargeNanoUsd: 7n } })] }));

    const body = reratedBreakoutSchema.parse(await api.ask('rerateBreakoutUsage', { breakoutId }, { priceBook: dearer.bookId, month: '2026-10' }));

    expect(body).toMatchObject({ keptLines: 1, isComplete: false, was: { usd: '0.000000007' }, is: { usd: '0.000000007' }, lines: { items: [{ outcome: 'KEPT' }] } });
  });

  it('rejects books, terms and months that are not there, and accounts of others', async () => {
    const { ask } = await booked();
    const priceBook = dearer.bookId;

    await expect(ask('rerateBreakoutUsage', { breakoutId }, { priceBook: 'us-east-1@never' })).rejects.toThrow('there is no price book "us-east-1@never", expected an id such as us-east-1@2026-11-23T00:10:00.000Z: GET /price-books lists them');
    await expect(ask('rerateBreakoutUsage', { breakoutId })).rejects.toThrow(/priceBook: expected the id of a price book: GET \/price-books lists them/);
    await expect(ask('rerateBreakoutUsage', { breakoutId }, { priceBook, terms: '3' })).rejects.toThrow(/no price terms of version 3, expected 0, which is none: GET/);
    await expect(ask('rerateBreakoutUsage', { breakoutId }, { priceBook, terms: 'NaN' })).rejects.toThrow(/terms/);
    await expect(ask('rerateBreakoutUsage', { breakoutId }, { priceBook, month: '2026-12' })).rejects.toThrow(/has not begun/);
    await expect(ask('rerateBreakoutUsage', { breakoutId }, { priceBook, month: '2026-09' })).rejects.toThrow(`nothing is booked of ${breakoutId} in 2026-09`);
    await expect(ask('rerateBreakoutUsage', { breakoutId }, { priceBook }, aCaller())).rejects.toThrow(`there is no breakout ${breakoutId}`);
    await expect(ask('rerateEventUsage', { eventId: itemIds.event }, { priceBook }, aCaller())).rejects.toThrow(/there is no event/);
    await expect(ask('rerateAccountUsage', { accountId: itemIds.account }, { priceBook }, aCaller())).rejects.toThrow(/there is no account/);
  });
});

describe('rating a level again', () => {
  it('is the sum of its profiles, with what an account has beside its own lines kept as it is', async () => {
    const api = await booked(undefined, [breakoutId, itemIds.otherBreakout]);
    const own = aLine({ key: 'arrears', owner: 'ACCOUNT', nanoUsd: -5n, chargeNanoUsd: -5n, adds: { packagingNanoUsd: -5n, packagingChargeNanoUsd: -5n } });
    await api.book({ ...aMeasuredProfile({ lines: [own] }), owner: { kind: 'ACCOUNT', accountId: itemIds.account, purpose: 'arrears' } });

    const event = z.strictObject(reratedLevelSchema.shape).parse(await api.ask('rerateEventUsage', { eventId: itemIds.event }, { priceBook: dearer.bookId, month: '2026-11' }));
    const account = reratedLevelSchema.parse(await api.ask('rerateAccountUsage', { accountId: itemIds.account }, { priceBook: dearer.bookId }));

    expect(event).toMatchObject({ month: '2026-11', was: { usd: '0.26' }, is: { usd: '0.08' }, difference: { usd: '0.02' }, unpricedLines: 2, ownLines: null });
    expect(event.profiles.map((profile) => [profile.breakoutId, profile.difference.usd])).toEqual([[breakoutId, '0.01'], [itemIds.otherBreakout, '0.01']]);
    expect(account).toMatchObject({ was: { usd: '0.259999995' }, keptLines: 1, difference: { usd: '0.02' }, ownLines: { state: 'NOT_YET', impossible: null, lines: [] } });
    expect(account.profiles[0]).toMatchObject({ ownerId: `${itemIds.account}/arrears`, breakoutId: null, keptLines: 1, difference: { usd: '0' } });
    expect(account.was.usd).toBe((await api.ask('getAccountUsage', { accountId: itemIds.account }, { period: '2026-11' })).totalUsd);
  });

  it('rejects more shows than one call rates', async () => {
    const shows = Array.from({ length: 201 }, (_, show) => `bko_${String(show).padStart(5, '0')}`);
    const { ask } = await booked(undefined, shows);

    await expect(ask('rerateAccountUsage', { accountId: itemIds.account }, { priceBook: dearer.bookId })).rejects.toThrow(/more than 200 shows with usage in 2026-11; up to 200 shows with usage are rated in one call: ask for its events/);
  });

  it('is nothing where nothing is booked', async () => {
    const { ask } = await booked(undefined, []);

    expect(await ask('rerateEventUsage', { eventId: itemIds.event }, { priceBook: dearer.bookId })).toMatchObject({ profiles: [], was: { usd: '0' }, difference: { usd: '0' }, isComplete: true });
  });
});

describe('price books', () => {
  it('are listed newest first, page by page', async () => {
    const { ask } = await booked();

    const first = z.strictObject(priceBooksSchema.shape).parse(await ask('listPriceBooks', {}, { limit: '1' }));
    const second = priceBooksSchema.parse(await ask('listPriceBooks', {}, { limit: '1', cursor: first.nextCursor ?? '' }));

    expect(first.items).toEqual([{ priceBookId: dearer.bookId, region: 'us-east-1', fetchedAt: dearer.fetchedAt, publications: {} }]);
    expect(second).toMatchObject({ items: [{ priceBookId: aPriceBook().bookId }], nextCursor: null });
  });

  it('tell their rates by SKU, of one service where that is asked for', async () => {
    const { ask } = await booked();
    const priceBookId = aPriceBook().bookId;

    const all = z.strictObject(priceBookSchema.shape).parse(await ask('getPriceBook', { priceBookId }, { limit: '100' }));
    const edge = priceBookSchema.parse(await ask('getPriceBook', { priceBookId }, { service: 'AmazonCloudFront', limit: '2' }));

    expect(all.rates.items).toHaveLength(aPriceBook().rates.length);
    expect(edge.rates.items.map(({ sku }) => sku)).toEqual(['SKU-EU-DataTransfer-Out-Bytes', 'SKU-EU-Requests-Tier2-HTTPS']);
    expect(edge.rates.nextCursor).not.toBeNull();
    expect(all.rates.items.find(({ usageType }) => usageType === 'Executions-CloudFrontFunctions')).toMatchObject({
      region: null,
      unit: 'Requests',
      tiers: [{ from: '0', to: '2000000', usdPerUnit: '0.0000000000', rateCode: 'free' }, { from: '2000000', to: null, usdPerUnit: '0.0000001000', rateCode: 'paid' }],
    });
  });

  it('rejects unknown books and services', async () => {
    const { ask } = await booked();

    await expect(ask('getPriceBook', { priceBookId: 'eu-west-1@2026-11-20T00:10:00.000Z' })).rejects.toThrow(/there is no price book .* GET \/price-books lists them/);
    await expect(ask('getPriceBook', { priceBookId: dearer.bookId }, { service: 'AmazonEC2' })).rejects.toThrow(/service "AmazonEC2" has no rates in price books, expected AWSElementalMediaLive, /);
  });
});
