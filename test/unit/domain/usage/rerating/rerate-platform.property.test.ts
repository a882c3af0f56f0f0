import fc from 'fast-check';
import type { PriceBook } from '../../../../../lambda/domain/pricing/price-book.ts';
import type { PriceTerms } from '../../../../../lambda/domain/pricing/terms/price-terms.ts';
import { rerateLevel } from '../../../../../lambda/domain/usage/rerating/rerate-level.ts';
import { rerateOverheadLines } from '../../../../../lambda/domain/usage/rerating/rerate-overhead-lines.ts';
import { reratePlatform } from '../../../../../lambda/domain/usage/rerating/rerate-platform.ts';
import { addReratings, type Money, type ReratingSum } from '../../../../../lambda/domain/usage/rerating/rerating-sum.ts';
import type { Measures } from '../../../../../lambda/domain/usage/measures.ts';
import { chargeOf, costOf } from '../../../../../lambda/domain/usage/usage-view.ts';
import { aPriceBook } from '../../../../support/usage/a-price-book.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';
import { tieredTransfer } from '../../../../support/usage/own-lines.ts';
import { tieredMonth as month, tieredMonths } from '../../../../support/usage/tiered-months.ts';

const price = fc.integer({ min: 1, max: 99_999 }).map((tenMillionths) => (tenMillionths / 1e6).toFixed(10));

const bookOf = (index: number): fc.Arbitrary<PriceBook> =>
  fc.tuple(price, price, price).map((prices) => {
    const fetchedAt = `2026-11-0${index}T00:00:00.000Z`;
    return aPriceBook({ bookId: `us-east-1@${fetchedAt}`, fetchedAt, rates: [{ ...tieredTransfer, tiers: tieredTransfer.tiers.map((tier, place) => ({ ...tier, usdPerUnit: prices[place]! })) }] });
  });

const bytes = fc.bigInt({ min: 0n, max: 40_000n << 30n });

const traffic = fc.array(fc.record({ accountId: fc.constantFrom('acc_a', 'acc_b', 'acc_c', undefined), bytes, platformBytes: fc.oneof(fc.constant(0n), bytes) }), { minLength: 1, maxLength: 7 });

const terms: fc.Arbitrary<readonly PriceTerms[]> = fc.record({ markUp: fc.integer({ min: -50, max: 200 }), minimum: fc.integer({ min: 0, max: 9_000 }) }).map(({ markUp, minimum }) => [
  somePriceTerms({ accountId: 'acc_a', effectiveFrom: '2026-01-01T00:00:00.000Z', markUpPercent: { delivery: String(markUp) } }),
  somePriceTerms({ accountId: 'acc_b', effectiveFrom: '2026-01-01T00:00:00.000Z', monthlyMinimumUsd: String(minimum) }),
  somePriceTerms({ accountId: 'acc_idle', effectiveFrom: '2026-01-01T00:00:00.000Z', monthlyMinimumUsd: '12.5' }),
]);

const anyMonth = fc.record({ shows: traffic, agreed: terms, books: fc.tuple(bookOf(1), bookOf(2)) });

const moneyOf = (measures: Measures): Money => ({ nanoUsd: costOf(measures), chargeNanoUsd: chargeOf(measures) });

const differenceIn = ({ was, is }: ReratingSum): Money => ({ nanoUsd: is.nanoUsd - was.nanoUsd, chargeNanoUsd: is.chargeNanoUsd - was.chargeNanoUsd });

describe('rating the platform again', () => {
  it('is the sum of accounts and overheads, as it is booked and with other prices', async () => {
    await fc.assert(
      fc.asyncProperty(anyMonth, async ({ shows, agreed, books }) => {
        const { deps, usage, bookOwnLines, accountIds } = await tieredMonths(shows, books, agreed);
        await bookOwnLines();

        const platform = await reratePlatform(deps)({ month, priceBook: books[1].bookId });

        expect(platform.sum).toEqual(addReratings([...platform.accounts.map(({ sum }) => sum), platform.overheads.sum]));
        expect(platform.sum.was).toEqual(moneyOf((await usage.platformUsage(month)).measures));
        expect(platform.overheads.sum.was).toEqual(moneyOf((await usage.overheads(month)).measures));
        expect(platform.sum.difference).toEqual(differenceIn(platform.sum));
        for (const [index, accountId] of accountIds.entries()) {
          const alone = await rerateLevel(deps)({ kind: 'ACCOUNT', accountId }, { month, priceBook: books[1].bookId });
          expect(platform.accounts[index]).toMatchObject({ accountId, sum: alone.sum });
          expect(alone.sum).toEqual(addReratings(alone.profiles.map(({ sum }) => sum)));
          expect(alone.sum.was).toEqual(moneyOf((await usage.accountUsage(accountId, month)).measures));
        }
        const lines = await rerateOverheadLines(deps)({ month, priceBook: books[1].bookId }, { limit: 100 });
        expect(addReratings([lines.sum, platform.overheads.ofAccounts])).toEqual(platform.overheads.sum);
      }),
      { seed: 23, numRuns: 150 },
    );
  }, 60_000);

  it('says the same with the prices that it is booked with', async () => {
    await fc.assert(
      fc.asyncProperty(anyMonth, async ({ shows, agreed, books }) => {
        const { deps, bookOwnLines } = await tieredMonths(shows, books, agreed);
        await bookOwnLines();

        const { sum, accounts, overheads } = await reratePlatform(deps)({ month, priceBook: books[0].bookId });

        expect(sum.is).toEqual(sum.was);
        const own = [...accounts.map(({ ownLines }) => ownLines), overheads.ownLines].flatMap(({ profiles }) => profiles.flatMap(({ compared }) => compared));
        expect(own.map(({ outcome }) => outcome)).toEqual(own.map(() => 'SAME'));
      }),
      { seed: 23, numRuns: 100 },
    );
  }, 60_000);

  it('says before a correction what it will come to, whoever else is corrected', async () => {
    await fc.assert(
      fc.asyncProperty(anyMonth, fc.boolean(), async ({ shows, agreed, books }, isEverybody) => {
        const { deps, usage, bookOwnLines, correct } = await tieredMonths(shows, books, agreed);
        await bookOwnLines();
        const foretold = await rerateLevel(deps)({ kind: 'ACCOUNT', accountId: 'acc_b' }, { month, priceBook: books[1].bookId });

        await correct(books[1], isEverybody ? undefined : 'acc_b');

        expect(moneyOf((await usage.accountUsage('acc_b', month)).measures)).toEqual(foretold.sum.is);
        const { length } = usage.moves;
        await correct(books[1], isEverybody ? undefined : 'acc_b');
        expect(usage.moves).toHaveLength(length);
      }),
      { seed: 23, numRuns: 150 },
    );
  }, 60_000);
});
