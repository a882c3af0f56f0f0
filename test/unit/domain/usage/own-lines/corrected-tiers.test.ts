import { transferCriteria } from '../../../../../lambda/domain/pricing/delivery-rates.ts';
import { bookRerated } from '../../../../../lambda/domain/usage/book-rerated.ts';
import { bookEndedMonths } from '../../../../../lambda/domain/usage/own-lines/book-ended-months.ts';
import { bookOwnLines } from '../../../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import { pricedLine } from '../../../../../lambda/domain/usage/price-line.ts';
import { allMonths } from '../../../../../lambda/domain/usage/usage-store.ts';
import { bookProfile } from '../../../../support/usage/book-profile.ts';
import { aPriceBook } from '../../../../support/usage/a-price-book.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../../../support/usage/a-profile.ts';
import { memoryUsageHistory } from '../../../../support/usage/memory-usage-history.ts';
import { memoryUsageStore } from '../../../../support/usage/memory-usage-store.ts';
import { ownLinesDeps, tieredTransfer } from '../../../../support/usage/own-lines.ts';

const month = '2026-11';
const accountIds = ['acc_a', 'acc_b'];
const wrong = aPriceBook({ rates: [tieredTransfer] });
/** Its second tier is a cent cheaper than the first, not half a cent. */
const right = aPriceBook({
  bookId: 'us-east-1@2026-12-03T00:00:00.000Z',
  fetchedAt: '2026-12-03T00:00:00.000Z',
  rates: [{ ...tieredTransfer, tiers: tieredTransfer.tiers.map((tier, index) => (index === 1 ? { ...tier, usdPerUnit: '0.0750000000' } : tier)) }],
});

/** Two accounts with 6,000 GB each, rated with a book whose second tier is wrong; their own lines are booked. */
const aWronglyRatedMonth = async () => {
  const usage = memoryUsageStore();
  const clock = { now: Date.parse('2026-12-04T00:00:00.000Z') };
  const deps = { ...ownLinesDeps({ usage, accountIds, books: [wrong, right], now: () => (clock.now += 1000) }), usage };
  const owners = accountIds.map((accountId) => aBreakoutOwner({ accountId, breakoutId: `bko_${accountId}` }));
  for (const owner of owners) {
    const line = pricedLine({ ...aLine({ category: 'delivery', adds: {} }), basis: { criteria: transferCriteria('US'), base: 6_000n, perUnit: 1n } }, wrong);
    await bookProfile({ usage, now: () => new Date(clock.now) })(aMeasuredProfile({ owner, stage: 'FINAL', lines: [line], priceBookId: wrong.bookId }));
  }
  await bookEndedMonths(deps)();
  const head = (accountId: string | undefined) => usage.head(accountId === undefined ? { kind: 'PLATFORM', purpose: 'tier-adjustment' } : { kind: 'ACCOUNT', accountId, purpose: 'tier-adjustment' }, month);
  return {
    usage, deps, clock,
    correctBreakouts: async (...whose: string[]) => {
      for (const owner of owners.filter(({ accountId }) => whose.includes(accountId))) await bookRerated({ ...deps, history: memoryUsageHistory(usage.moves) })({ owner, month, book: right });
    },
    takenOff: async () => Promise.all(accountIds.map(async (accountId) => (await head(accountId))?.totals.deliveryChargeNanoUsd)),
    bookOf: async (accountId: string) => (await head(accountId))?.priceBookId,
  };
};

describe('a correction of prices', () => {
  it('corrects the tiers of what it corrects, and nobody else’s', async () => {
    const { deps, correctBreakouts, takenOff, bookOf } = await aWronglyRatedMonth();
    expect(await takenOff()).toEqual([-4_400_000_000n, -4_400_000_000n]);

    await correctBreakouts('acc_a');
    await bookOwnLines(deps)(month, 'acc_a');

    expect(await takenOff()).toEqual([-8_800_000_000n, -4_400_000_000n]);
    expect([await bookOf('acc_a'), await bookOf('acc_b')]).toEqual([right.bookId, wrong.bookId]);
  });

  it('is not undone by the hourly booking, nor by one that had read before it', async () => {
    const { usage, deps, clock, correctBreakouts, takenOff } = await aWronglyRatedMonth();
    let isCorrected = false;
    const slow = bookOwnLines({
      ...deps,
      now: () => clock.now,
      usage: {
        ...usage,
        head: async (...parameters) => {
          if (!isCorrected) {
            isCorrected = true;
            await correctBreakouts(...accountIds);
            for (const accountId of accountIds) await bookOwnLines(deps)(month, accountId);
          }
          return usage.head(...parameters);
        },
      },
    });

    await slow(month);
    expect(await takenOff()).toEqual([-8_800_000_000n, -8_800_000_000n]);
    const { length } = usage.moves;
    await bookEndedMonths(deps)();

    expect(await takenOff()).toEqual([-8_800_000_000n, -8_800_000_000n]);
    expect(usage.moves).toHaveLength(length);
  });

  it('is followed by the schedule when it died before it booked own lines', async () => {
    const { deps, correctBreakouts, takenOff } = await aWronglyRatedMonth();
    await correctBreakouts(...accountIds);

    expect(await takenOff()).toEqual([-4_400_000_000n, -4_400_000_000n]);
    await bookEndedMonths(deps)();

    expect(await takenOff()).toEqual([-8_800_000_000n, -8_800_000_000n]);
  });

  it('of a closed month is billed in the open one, so that billing and charge periods sum to the same', async () => {
    const { usage, deps, correctBreakouts } = await aWronglyRatedMonth();
    await usage.closeBilling('acc_a', month, '2026-12-03T00:00:00.000Z');

    await correctBreakouts('acc_a');
    await bookOwnLines(deps)(month, 'acc_a');
    await bookOwnLines(deps)(month, 'acc_a');

    const [closed, open] = await Promise.all([usage.billing('acc_a', month), usage.billing('acc_a', '2026-12')]);
    expect([closed.measures.deliveryChargeNanoUsd, open.measures.deliveryChargeNanoUsd]).toEqual([505_600_000_000n, -4_400_000_000n]);
    expect((await usage.accountUsage('acc_a', allMonths)).measures.deliveryChargeNanoUsd).toBe(501_200_000_000n);
  });

  it('leaves on record which book each quantity is rated with', async () => {
    const { usage, correctBreakouts } = await aWronglyRatedMonth();

    await correctBreakouts('acc_b');

    expect(await usage.metered('acc_b', month)).toEqual({ [`TRANSFER/1@${wrong.bookId}`]: 0n, [`TRANSFER/1@${right.bookId}`]: 6_000n });
  });
});
