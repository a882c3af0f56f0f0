import * as z from 'zod';
import { reratedLevelSchema, reratedOverheadLinesSchema, reratedPlatformSchema } from '../../../lambda/contract/api/rerated-usage.ts';
import type { PriceTerms } from '../../../lambda/domain/pricing/terms/price-terms.ts';
import { rerateOperations } from '../../../lambda/handlers/http/rerate-operations.ts';
import { aBreakout, aCaller, anAccount, anEvent } from '../../support/shows/a-plan.ts';
import { aPriceBook, aRate } from '../../support/usage/a-price-book.ts';
import { somePriceTerms } from '../../support/usage/memory-price-terms.ts';
import { tieredTransfer } from '../../support/usage/own-lines.ts';
import { tieredMonth as month, tieredMonths, type TieredTraffic } from '../../support/usage/tiered-months.ts';

const withSecondTier = (usdPerUnit: string) => tieredTransfer.tiers.map((tier, index) => (index === 1 ? { ...tier, usdPerUnit } : tier));
const bookOf = (day: string, region: string, rates: Parameters<typeof aPriceBook>[0] & object) => aPriceBook({ bookId: `${region}@2026-12-${day}T00:00:00.000Z`, fetchedAt: `2026-12-${day}T00:00:00.000Z`, region, ...rates });

const booked = aPriceBook({ rates: [tieredTransfer] });
const right = bookOf('01', 'us-east-1', { rates: [{ ...tieredTransfer, tiers: withSecondTier('0.0750000000') }] });
const empty = bookOf('02', 'us-east-1', { rates: [] });
const foreign = bookOf('03', 'eu-west-1', { rates: [tieredTransfer] });
/** The list calls the same traffic by another SKU. */
const renamed = bookOf('04', 'us-east-1', { rates: [aRate('AmazonCloudFront', 'US-DataTransfer-Out-Bytes', 'GB', '0.085', { sku: 'OTHER' })] });

const gigabytes = (amount: bigint): bigint => amount << 30n;

/** 12,000 GB: 6,000 of one account, 5,000 of another, 1,000 that no show caused, of which 100 in a show's usage. */
const someTraffic: readonly TieredTraffic[] = [
  { accountId: 'acc_a', bytes: gigabytes(6_000n), platformBytes: gigabytes(100n) },
  { accountId: 'acc_b', bytes: gigabytes(5_000n) },
  { accountId: undefined, bytes: gigabytes(900n) },
];

const minimumOf = (monthlyMinimumUsd: string): PriceTerms => somePriceTerms({ accountId: 'acc_a', effectiveFrom: '2026-01-01T00:00:00.000Z', monthlyMinimumUsd });

const theApi = async ({ terms = [], areBooked = true }: { terms?: readonly PriceTerms[]; areBooked?: boolean } = {}) => {
  const world = await tieredMonths(someTraffic, [booked, right, empty, foreign, renamed], terms);
  if (areBooked) await world.bookOwnLines();
  const { deps } = world;
  const operations = rerateOperations({
    ...deps,
    accounts: { ...deps.accounts, get: async (accountId) => anAccount({ accountId }) },
    events: { ...deps.events, get: async () => ({ event: anEvent(), bookingRevision: 0 }) },
    breakouts: { ...deps.breakouts, get: async () => aBreakout() },
    usage: world.usage,
  });
  const ask = async (operation: 'rerateAccountUsage' | 'reratePlatformUsage' | 'reratePlatformUsageLines', query: Record<string, string>, accountId = 'acc_a') =>
    JSON.parse((await operations[operation]({ caller: aCaller({ accountId }), params: { accountId }, query: { month, ...query }, headers: {}, requestId: 'request-1' } as never)).body);
  return { ...world, ask };
};

const ofAccount = async (api: Awaited<ReturnType<typeof theApi>>, query: Record<string, string>) => z.strictObject(reratedLevelSchema.shape).parse(await api.ask('rerateAccountUsage', query));

describe("rating an account's own lines again", () => {
  it('recomputes the tiers of everybody’s month and the minimum, and explains what each was and would be', async () => {
    const body = await ofAccount(await theApi({ terms: [minimumOf('506')] }), { priceBook: right.bookId });

    // Of 12,000 GB, 1,760 are in the second tier: half of them, at a cent instead of half a cent less.
    expect(body).toMatchObject({ was: { usd: '505.6', chargeUsd: '506' }, is: { usd: '501.2', chargeUsd: '506' }, difference: { usd: '-4.4', chargeUsd: '0' }, isComplete: true, keptLines: 0 });
    expect(body.ownLines).toMatchObject({ state: 'BOOKED', impossible: null });
    expect(body.ownLines?.lines.map(({ ownerId, outcome, was, is, difference }) => [ownerId, outcome, was?.chargeUsd, is?.chargeUsd, difference?.chargeUsd])).toEqual([
      ['acc_a/tier-adjustment', 'CHANGED', '-4.4', '-8.8', '-4.4'],
      ['acc_a/minimum', 'CHANGED', '0.4', '4.8', '4.4'],
    ]);
    expect(body.ownLines?.lines[0]?.is?.explained).toEqual([
      "SKU TRANSFER: everybody's month has 12000 GB, of which 6000 are here",
      `tiers of price book ${right.bookId}`,
      '10240 GB from 0 at 0.0850000000 USD (first): 870.4 USD',
      '1760 GB from 10240 at 0.0750000000 USD (second): 132 USD',
      '-17.6 USD for everybody, shared by quantity to the last 10^-9 USD',
    ]);
    expect(body.ownLines?.lines[1]?.is?.chargedBy).toBe('price terms acc_a@1: at least 506 USD a month, of which 501.2 USD are charged otherwise');
    expect(body.profiles.map(({ ownerId }) => ownerId)).toEqual(['acc_a/tier-adjustment', 'acc_a/minimum', 'bko_0']);
  });

  it('goes by the terms that are asked for', async () => {
    const body = await ofAccount(await theApi({ terms: [minimumOf('506')] }), { priceBook: booked.bookId, terms: '0' });

    expect(body.ownLines?.lines.map(({ ownerId, outcome, is }) => [ownerId, outcome, is?.chargeUsd])).toEqual([['acc_a/tier-adjustment', 'SAME', '-4.4'], ['acc_a/minimum', 'REMOVED', undefined]]);
    expect(body).toMatchObject({ is: { chargeUsd: '505.6' }, difference: { chargeUsd: '-0.4' }, isComplete: true });
  });

  it.each([
    ['lacks the SKU', empty, `price book ${empty.bookId} has no rate of SKU TRANSFER: what its volume tiers take off is not known`, null],
    ['has another SKU', renamed, `price book ${renamed.bookId} has no rate of SKU TRANSFER: what its volume tiers take off is not known`, null],
    ['is of another Region', foreign, expect.stringContaining(`price book ${foreign.bookId} is of eu-west-1`), expect.stringContaining('its volume tiers are not of these quantities')],
  ])('flags what is not known with a book that %s, and keeps it out of the difference', async (_, book, reason, impossible) => {
    const body = await ofAccount(await theApi({ terms: [minimumOf('506')] }), { priceBook: book.bookId });

    expect(body.ownLines).toMatchObject({ impossible });
    expect(body.ownLines?.lines).toMatchObject([
      { ownerId: 'acc_a/tier-adjustment', outcome: 'UNPRICED', was: { chargeUsd: '-4.4' }, is: { chargeUsd: null, unpriced: reason }, difference: null },
      { ownerId: 'acc_a/minimum', outcome: 'UNPRICED', was: { chargeUsd: '0.4' }, is: { chargeUsd: null, unpriced: expect.any(String) }, difference: null },
    ]);
    expect(body.isComplete).toBe(false);
    expect(body.notCompared.lines).toBe(book === empty ? 3 : 2);
    expect(body.notCompared.was.chargeUsd).toBe(book === empty ? '506' : '-4');
  });

  it('tells when they have not followed what is booked, and compares what they would be', async () => {
    const body = await ofAccount(await theApi({ areBooked: false }), { priceBook: right.bookId });

    expect(body.ownLines).toMatchObject({ state: 'DUE', lines: [{ outcome: 'ADDED', was: null, is: { chargeUsd: '-8.8' } }] });
    expect(body.profiles[0]).toMatchObject({ ownerId: 'acc_a/tier-adjustment', version: null, booked: { priceBookId: null } });
  });

  it('reads nobody’s quantities while a month is not over', async () => {
    const { clock, deps } = await theApi();
    clock.now = Date.parse('2026-11-20T00:00:00.000Z');
    const metered = () => Promise.reject(new Error('nothing is to be read'));
    const operations = rerateOperations({ ...deps, usage: { ...deps.usage, ownHeads: async () => [], metered }, accounts: { ...deps.accounts, get: async (accountId: string) => anAccount({ accountId }) } } as never);

    const { body } = await operations.rerateAccountUsage({ caller: aCaller({ accountId: 'acc_a' }), params: { accountId: 'acc_a' }, query: { month, priceBook: right.bookId } } as never);

    expect(JSON.parse(body)).toMatchObject({ ownLines: { state: 'NOT_YET', lines: [] }, difference: { usd: '0' } });
  });
});

describe('rating the platform again', () => {
  it('is the sum of its accounts and its overheads', async () => {
    const api = await theApi();

    const body = z.strictObject(reratedPlatformSchema.shape).parse(await api.ask('reratePlatformUsage', { priceBook: right.bookId }));

    // 10,240 GB at 0.085 and 1,760 at 0.080, or at 0.075: what AWS bills for everything.
    expect(body).toMatchObject({ month, priceBookId: right.bookId, was: { usd: '1011.2' }, is: { usd: '1002.4' }, difference: { usd: '-8.8' }, isComplete: true });
    expect(body.accounts.map(({ accountId, shows, difference }) => [accountId, shows, difference.usd])).toEqual([['acc_a', 1, '-4.4'], ['acc_b', 1, '-3.666666666'], ['acc_c', 0, '0'], ['acc_idle', 0, '0']]);
    expect(body.overheads).toMatchObject({ was: { usd: '84.266666667', chargeUsd: '0' }, difference: { usd: '-0.733333334' }, ofAccounts: { was: { usd: '8.5' }, difference: { usd: '0' } } });
    expect(body.overheads.profiles.map(({ ownerId, difference }) => [ownerId, difference.usd])).toEqual([['platform/tier-adjustment', '-0.733333334'], ['platform/pipeline/p2', '0']]);
    expect(body.overheads.ownLines.lines).toMatchObject([{ ownerId: 'platform/tier-adjustment', outcome: 'CHANGED' }]);
  });

  it('lists the lines of overheads, page by page, with the sum of all', async () => {
    const api = await theApi();
    const ask = async (query: Record<string, string>) => z.strictObject(reratedOverheadLinesSchema.shape).parse(await api.ask('reratePlatformUsageLines', { priceBook: right.bookId, limit: '1', ...query }));

    const first = await ask({});
    const second = await ask({ cursor: first.lines.nextCursor ?? '' });

    expect([...first.lines.items, ...second.lines.items].map(({ ownerId, key, outcome, difference }) => [ownerId, key, outcome, difference?.usd])).toEqual([
      ['platform/pipeline/p2', 'traffic', 'SAME', '0'],
      ['platform/tier-adjustment', 'tier/TRANSFER', 'CHANGED', '-0.733333334'],
    ]);
    expect(second).toMatchObject({ difference: { usd: '-0.733333334' }, lines: { nextCursor: null } });
  });

  it('rejects unknown books, months to come and more shows than one call rates', async () => {
    const api = await theApi();

    await expect(api.ask('reratePlatformUsage', { priceBook: 'us-east-1@never' })).rejects.toMatchObject({ code: 'price-book-not-found' });
    await expect(api.ask('reratePlatformUsageLines', { priceBook: right.bookId, month: '2027-01' })).rejects.toMatchObject({ code: 'period-in-future' });
    const many = await tieredMonths(Array.from({ length: 201 }, (_, index) => ({ accountId: index < 100 ? 'acc_a' : 'acc_b', bytes: 1n })), [booked]);
    const operations = rerateOperations(many.deps as never);
    await expect(operations.reratePlatformUsage({ query: { month, priceBook: booked.bookId } } as never)).rejects.toMatchObject({ code: 'range-too-wide', message: expect.stringContaining('ask account by account') });
  });
});
