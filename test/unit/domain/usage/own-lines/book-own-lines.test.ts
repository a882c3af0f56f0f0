import { bookProfile } from '../../../../support/usage/book-profile.ts';
import type { Measures } from '../../../../../lambda/domain/usage/measures.ts';
import { bookOwnLines } from '../../../../../lambda/domain/usage/own-lines/book-own-lines.ts';
import { allMonths } from '../../../../../lambda/domain/usage/usage-store.ts';
import { aBreakoutOwner, aLineThatAdds, aMeasuredProfile } from '../../../../support/usage/a-profile.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';
import { memoryUsageStore } from '../../../../support/usage/memory-usage-store.ts';
import { ownLinesDeps } from '../../../../support/usage/own-lines.ts';
import type { PriceTerms } from '../../../../../lambda/domain/pricing/terms/price-terms.ts';

const gigabyte = 1n << 30n;
const month = '2026-11';

/** Two accounts, each with a breakout, and a pipeline's overheads; books are open in December. */
const aMonth = (...terms: PriceTerms[]) => {
  const usage = memoryUsageStore();
  const clock = { now: Date.parse('2026-12-02T12:00:00.000Z') };
  const deps = ownLinesDeps({ usage, accountIds: ['acc_a', 'acc_b'], terms, now: () => clock.now });
  const book = bookProfile({ usage, now: () => new Date(clock.now) });
  const line = (gigabytes: bigint, adds: Measures) => aLineThatAdds(adds, { category: 'delivery', metered: { sku: 'TRANSFER', base: gigabytes * gigabyte, perUnit: gigabyte } });
  return {
    usage, deps, clock,
    own: bookOwnLines(deps),
    transfer: (accountId: string, gigabytes: bigint) => {
      const charge = gigabytes * 85_000_000n;
      return book(aMeasuredProfile({ owner: aBreakoutOwner({ accountId, breakoutId: `bko_${accountId}` }), stage: 'FINAL', lines: [line(gigabytes, { deliveryNanoUsd: charge, deliveryChargeNanoUsd: charge })] }));
    },
    overhead: (gigabytes: bigint) =>
      book({ ...aMeasuredProfile({ stage: 'FINAL' }), owner: { kind: 'PLATFORM', purpose: 'pipeline/p' }, lines: [{ ...line(gigabytes, { deliveryNanoUsd: gigabytes * 85_000_000n }), owner: 'PLATFORM' }] }),
    charged: async (accountId: string) => (await usage.accountUsage(accountId, month)).measures.deliveryChargeNanoUsd,
    minimum: async (accountId: string) => (await usage.accountUsage(accountId, month)).measures.minimumChargeNanoUsd,
  };
};

describe('bookOwnLines', () => {
  it('adds what volume tiers take off to accounts and overheads, and to no breakout', async () => {
    const { usage, own, transfer, overhead, charged } = aMonth();
    await transfer('acc_a', 6_000n);
    await transfer('acc_b', 5_000n);
    await overhead(1_000n);
    const breakout = await usage.breakoutUsage('bko_acc_a', month);

    await own(month);

    expect(await charged('acc_a')).toBe(510_000_000_000n - 4_400_000_000n);
    expect(await charged('acc_b')).toBe(425_000_000_000n - 3_666_666_667n);
    expect((await usage.overheads(month)).measures.deliveryNanoUsd).toBe(85_000_000_000n - 733_333_333n);
    // 10,240 GB at 0.085 and 1,760 at 0.080: what AWS bills for everything.
    expect((await usage.platformUsage(month)).measures.deliveryNanoUsd).toBe(1_011_200_000_000n);
    expect((await usage.billing('acc_a', month)).measures.deliveryChargeNanoUsd).toBe(505_600_000_000n);
    expect(await usage.breakoutUsage('bko_acc_a', month)).toEqual(breakout);
    expect(await usage.metered(undefined, month)).toEqual({ [`TRANSFER/${gigabyte.toString()}`]: 12_000n * gigabyte });
  });

  it('changes nothing when it is done again', async () => {
    const { usage, own, transfer, clock } = aMonth(somePriceTerms({ accountId: 'acc_b', monthlyMinimumUsd: '900' }));
    await transfer('acc_a', 60_000n);
    await own(month);
    const { length } = usage.moves;

    clock.now += 3_600_000;
    await own(month);

    expect(usage.moves).toHaveLength(length);
  });

  it('books nothing where there is nothing to book', async () => {
    const { usage, own, transfer } = aMonth();
    await transfer('acc_a', 10n);

    await own(month);

    expect(usage.moves).toHaveLength(1);
  });

  it('follows what changes, also when tiers are reached no more', async () => {
    const { usage, own, transfer, charged } = aMonth();
    await transfer('acc_a', 12_000n);
    await own(month);
    await transfer('acc_a', 100n);

    await own(month);

    expect(await charged('acc_a')).toBe(8_500_000_000n);
    expect(await usage.head({ kind: 'ACCOUNT', accountId: 'acc_a', purpose: 'tier-adjustment' }, month)).toMatchObject({ version: 2, status: 'CORRECTED' });
  });

  it('corrects a closed month in the next one', async () => {
    const { usage, own, transfer } = aMonth();
    await transfer('acc_a', 12_000n);
    await own(month);
    await usage.closeBilling('acc_a', month, '2026-12-03T00:00:00.000Z');
    await transfer('acc_b', 12_000n);

    await own(month);

    // Of 24,000 GB, 13,760 are in the second tier: 68.80 USD less, half of it each; 8.80 were in the closed month.
    expect((await usage.billing('acc_a', month)).measures.deliveryChargeNanoUsd).toBe(1_020_000_000_000n - 8_800_000_000n);
    expect((await usage.corrections('acc_a', '2026-12', { limit: 10 })).items).toMatchObject([
      { owner: { purpose: 'tier-adjustment' }, month, billingMonth: '2026-12', difference: { deliveryChargeNanoUsd: -25_600_000_000n } },
    ]);
    expect((await usage.accountUsage('acc_a', allMonths)).measures.deliveryChargeNanoUsd).toBe(1_020_000_000_000n - 34_400_000_000n);
  });

  it('charges adjustments by the price terms that held when the month began', async () => {
    const markUp = somePriceTerms({ accountId: 'acc_a', markUpPercent: { delivery: '10' } });
    const flat = somePriceTerms({ accountId: 'acc_b', flatUsd: { delivery: '0.10' } });
    const late = somePriceTerms({ accountId: 'acc_a', version: 2, effectiveFrom: '2026-11-02T00:00:00.000Z', markUpPercent: { delivery: '50' } });
    const { usage, own, transfer } = aMonth(markUp, flat, late);
    await transfer('acc_a', 6_000n);
    await transfer('acc_b', 6_000n);

    await own(month);

    const [a, b] = await Promise.all(['acc_a', 'acc_b'].map((accountId) => usage.head({ kind: 'ACCOUNT', accountId, purpose: 'tier-adjustment' }, month)));
    expect(a).toMatchObject({ priceTermsId: 'acc_a@1', totals: { deliveryNanoUsd: -4_400_000_000n, deliveryChargeNanoUsd: -4_840_000_000n } });
    expect(b?.totals.deliveryChargeNanoUsd).toBeUndefined();
    expect(b?.totals.deliveryNanoUsd).toBe(-4_400_000_000n);
  });

  it('tops up to the monthly minimum, after the tiers, and takes that back when charges grow', async () => {
    const { own, transfer, minimum, usage } = aMonth(somePriceTerms({ accountId: 'acc_a', monthlyMinimumUsd: '1020' }), somePriceTerms({ accountId: 'acc_b', monthlyMinimumUsd: '5' }));
    await transfer('acc_a', 12_000n);

    await own(month);
    expect(await minimum('acc_a')).toBe(8_800_000_000n);
    expect(await minimum('acc_b')).toBe(5_000_000_000n);

    await transfer('acc_a', 12_050n);
    await own(month);
    // 1,024.25 USD less 9.05 by the second tier: 4.80 are missing.
    expect(await minimum('acc_a')).toBe(4_800_000_000n);
    const head = await usage.head({ kind: 'ACCOUNT', accountId: 'acc_a', purpose: 'minimum' }, month);
    expect((await usage.lines(head!, { limit: 9 })).items).toMatchObject([
      { category: 'minimum', chargedBy: 'price terms acc_a@1: at least 1020 USD a month, of which 1015.2 USD are charged otherwise' },
    ]);
    expect(head?.totals.minimumChargeNanoUsd).toBe(4_800_000_000n);
  });

  it('leaves a month alone that began before the minimum was agreed', async () => {
    const { usage, own } = aMonth(somePriceTerms({ accountId: 'acc_a', monthlyMinimumUsd: '100', effectiveFrom: '2026-11-01T00:00:00.001Z' }));

    await own(month);

    expect(usage.moves).toHaveLength(0);
  });

  it('books for one account alone what everybody used', async () => {
    const { own, transfer, charged } = aMonth();
    await transfer('acc_a', 6_000n);
    await transfer('acc_b', 6_000n);

    await own(month, 'acc_b');

    expect(await charged('acc_a')).toBe(510_000_000_000n);
    expect(await charged('acc_b')).toBe(510_000_000_000n - 4_400_000_000n);
  });

  it('leaves what was looked at later', async () => {
    const { usage, deps, transfer, charged, clock } = aMonth();
    await transfer('acc_a', 12_000n);
    const early = { ...deps, now: () => clock.now - 60_000 };
    let isOvertaken = false;
    const slow = bookOwnLines({
      ...early,
      usage: {
        ...usage,
        head: async (...parameters) => {
          if (!isOvertaken) {
            isOvertaken = true;
            await transfer('acc_a', 13_000n);
            await bookOwnLines(deps)(month);
          }
          return usage.head(...parameters);
        },
      },
    });

    await slow(month);

    expect(await charged('acc_a')).toBe(13_000n * 85_000_000n - 2_760n * 5_000_000n);
  });

  it('fails when others book all the time it reads', async () => {
    const { deps } = aMonth();
    const metered = async (accountId: string | undefined) => ({ 'TRANSFER/1': accountId === undefined ? 1n : 2n });

    await expect(bookOwnLines({ ...deps, usage: { ...deps.usage, metered } })(month)).rejects.toMatchObject({ name: 'Unavailable', code: 'usage-contended' });
  });
});
