import fc from 'fast-check';
import { differenceOf, sumMeasures, type Measures } from '../../../../../lambda/domain/usage/measures.ts';
import { allMonths } from '../../../../../lambda/domain/usage/usage-store.ts';
import { chargeOf, costOf } from '../../../../../lambda/domain/usage/usage-view.ts';
import { aPriceBook } from '../../../../support/usage/a-price-book.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';
import { tieredTransfer } from '../../../../support/usage/own-lines.ts';
import { tieredMonth as month, tieredMonths, type TieredTraffic } from '../../../../support/usage/tiered-months.ts';

const bookOf = (day: number, ...prices: readonly string[]) =>
  aPriceBook({ bookId: `us-east-1@2026-12-0${day}T00:00:00.000Z`, fetchedAt: `2026-12-0${day}T00:00:00.000Z`, rates: [{ ...tieredTransfer, tiers: tieredTransfer.tiers.map((tier, index) => ({ ...tier, usdPerUnit: prices[index]! })) }] });

const books = [aPriceBook({ rates: [tieredTransfer] }), bookOf(1, '0.0850000000', '0.0750000000', '0.0333333333'), bookOf(2, '0.0910000000', '0.0800000000', '0.0600000000')] as const;

const terms = [
  somePriceTerms({ accountId: 'acc_a', effectiveFrom: '2026-01-01T00:00:00.000Z', monthlyMinimumUsd: '1500', markUpPercent: { delivery: '12.5' } }),
  somePriceTerms({ accountId: 'acc_b', effectiveFrom: '2026-01-01T00:00:00.000Z', monthlyMinimumUsd: '40' }),
];

const accountIds = ['acc_a', 'acc_b', 'acc_idle'] as const;

type Step = { readonly do: 'rerate'; readonly show: number } | { readonly do: 'renew' } | { readonly do: 'close'; readonly account: string };

/** Each show is corrected with one book, or not at all: what is done twice with two books is what was done last. */
const steps = (shows: readonly { readonly book: number }[]): readonly Step[] => [
  ...shows.flatMap(({ book }, show): readonly Step[] => (book === 0 ? [] : [{ do: 'rerate', show }, { do: 'rerate', show }])),
  ...['acc_a', 'acc_b'].map((account): Step => ({ do: 'close', account })),
  { do: 'renew' },
  { do: 'renew' },
];

const anyTraffic = fc.record({
  accountId: fc.constantFrom('acc_a', 'acc_b', undefined),
  bytes: fc.bigInt({ min: 0n, max: 30_000n << 30n }),
  platformBytes: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 1_000n << 30n })),
  book: fc.nat({ max: 2 }),
});

const anyRun = fc.array(anyTraffic, { minLength: 1, maxLength: 5 }).chain((shows) => {
  const all = steps(shows);
  const order = fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length });
  return fc.record({ shows: fc.constant(shows), one: order, other: order });
});

const money = (measures: Measures) => [costOf(measures), chargeOf(measures)];

/** Does the steps in an order, and then what the schedule does. Answers what everything costs and is charged. */
const carriedOut = async (shows: readonly (TieredTraffic & { readonly book: number })[], order: readonly number[]) => {
  const { usage, rerate, bookOwnLines, close } = await tieredMonths(shows, books, terms);
  const all = steps(shows);
  for (const index of order) {
    const step = all[index]!;
    if (step.do === 'rerate') await rerate(books[shows[step.show]!.book]!, step.show);
    else if (step.do === 'close') await close(step.account);
    else await bookOwnLines();
  }
  expect(await bookOwnLines()).toEqual([]);
  for (const accountId of accountIds) {
    const billed = sumMeasures((await usage.billingMonths(accountId, '')).map(({ measures }) => measures));
    expect(differenceOf(billed, (await usage.accountUsage(accountId, allMonths)).measures)).toEqual({});
  }
  const [platform, overheads, ...accounts] = await Promise.all([usage.platformUsage(month), usage.overheads(month), ...accountIds.map((accountId) => usage.accountUsage(accountId, month))]);
  expect(money(platform.measures)).toEqual(money(sumMeasures([overheads, ...accounts].map(({ measures }) => measures))));
  const { length } = usage.moves;
  await bookOwnLines();
  expect(usage.moves).toHaveLength(length);
  return [platform, overheads, ...accounts].map(({ measures }) => money(measures));
};

describe('correcting prices, booking own lines and closing', () => {
  it('come to the same in any order, and bill what was charged', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ shows, one, other }) => {
        expect(await carriedOut(shows, one)).toEqual(await carriedOut(shows, other));
      }),
      { seed: 23, numRuns: 200 },
    );
  }, 60_000);
});
