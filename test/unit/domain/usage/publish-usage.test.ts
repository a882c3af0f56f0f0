import { accruedStorage } from '../../../../lambda/domain/usage/accrued-storage.ts';
import { categoryViews } from '../../../../lambda/domain/usage/category-views.ts';
import type { Measures } from '../../../../lambda/domain/usage/measures.ts';
import { heldLines } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { publishUsage, type UsageFigure } from '../../../../lambda/domain/usage/publish-usage.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { itemIds } from '../../../support/usage/ids.ts';

const anHour: Measures = { streamingRunMilliseconds: 3_600_000n, streamingNanoUsd: 500_000_000n, streamingChargeNanoUsd: 600_000_000n, minimumChargeNanoUsd: 400_000_000n };

/** Figures of accounts with one hour at half a dollar unless told otherwise, whatever the month, and of nothing else. */
const published = async (now: string, accounts = 1, measures = anHour): Promise<readonly UsageFigure[]> => {
  const figures: UsageFigure[] = [];
  const items = Array.from({ length: accounts }, (_, index) => ({ accountId: `${itemIds.account}${index}`, name: '', members: [], createdAt: '', updatedAt: '', revision: 1 }));
  await publishUsage({
    accounts: { list: async ({ after }) => (after === undefined && accounts > 1 ? { items: items.slice(0, 1), next: 'more' } : { items: items.slice(after === undefined ? 0 : 1) }) },
    usage: {
      accountUsage: async () => ({ measures }),
      platformUsage: async () => ({ measures: {} }),
      overheads: async () => ({ measures: {} }),
    },
    figures: { publish: async (some) => void figures.push(...some) },
    now: () => Date.parse(now),
  })();
  return figures;
};

describe('publishUsage', () => {
  it('tells hours and money by category, the minimum in the sum alone', async () => {
    const at = Date.parse('2026-11-23T10:00:00Z');
    const owner = { accountId: `${itemIds.account}0` };

    expect(await published('2026-11-23T10:00:00Z')).toEqual([
      { kind: 'QUANTITY', owner, category: 'streaming', value: 1, at },
      { kind: 'COST', owner, category: 'streaming', value: 0.5, at },
      { kind: 'CHARGE', owner, category: 'streaming', value: 0.6, at },
      { kind: 'COST', owner, category: 'total', value: 0.5, at },
      { kind: 'CHARGE', owner, category: 'total', value: 1, at },
    ]);
  });

  it('tells of an ended month once, in its last hour, when it has settled', async () => {
    const hours = Array.from({ length: 50 }, (_, hour) => new Date(Date.parse('2026-11-30T21:10:00Z') + hour * 3_600_000).toISOString());

    const told = await Promise.all(hours.map(async (now) => (await published(now)).map(({ at }) => new Date(at).toISOString())));

    const [before, lastHour, ...after] = told.map((times) => [...new Set(times)]).filter((_, index) => index > 0);
    expect(before).toEqual(['2026-11-30T22:10:00.000Z']);
    expect(lastHour).toEqual([]);
    const backwards = after.filter((times) => times.length > 1);
    expect(backwards).toEqual([['2026-11-30T23:00:00.000Z', '2026-12-02T04:10:00.000Z']]);
  });

  it('shows the last figure of a month that fell after its end', async () => {
    const inHour = new Map<string, number>();
    for (let now = Date.parse('2026-11-30T20:10:00Z'); now < Date.parse('2026-12-03T00:00:00Z'); now += 3_600_000) {
      const isAdjusted = now >= Date.parse('2026-12-02T02:00:00Z');
      const figures = await published(new Date(now).toISOString(), 1, { deliveryNanoUsd: isAdjusted ? 1_011_200_000_000n : 1_020_000_000_000n });
      for (const { at, value } of figures.filter(({ kind, category }) => kind === 'COST' && category === 'delivery')) {
        const hour = new Date(at).toISOString().slice(0, 13);
        inHour.set(hour, Math.max(value, inHour.get(hour) ?? -Infinity));
      }
    }

    expect(inHour.get('2026-11-30T22')).toBe(1020);
    expect(inHour.get('2026-11-30T23')).toBe(1011.2);
  });

  it('tells storage with what has accrued since it was booked', async () => {
    const [from, now] = [Date.parse('2026-11-01T00:00:00Z'), Date.parse('2026-11-20T00:00:00Z')];
    const held = { place: 'recordings' as const, bucket: 'recordings', stored: [{ storedAt: from, bytes: 100_000n << 30n, objects: 1 }], since: from, watermark: from + 3_600_000 };
    const [line] = heldLines(held, '2026-11', 'us-east-1', aPriceBook());
    const booked = line?.adds ?? {};

    const figures = await published(new Date(now).toISOString(), 1, booked);

    const [cost, total] = ['storage', 'total'].map((category) => figures.find((figure) => figure.kind === 'COST' && figure.category === category)?.value);
    // 100,000 GB for 19 of 30 days at 0.023 USD, of which one hour is booked.
    expect(cost).toBeCloseTo((100_000 * 0.023 * 19) / 30, 3);
    expect(total).toBe(cost);
    expect(accruedStorage(booked, '2026-11', now)?.until).toBe(now);
  });

  it('tells the gigabytes that the API tells', async () => {
    const measures: Measures = { deliveryTotalBytes: 9n << 30n, deliveryAttributedBytes: 6n << 30n, deliveryUnloggedBytes: 2n << 30n, deliveryUnattributedBytes: 1n << 30n };

    const [figure] = await published('2026-11-23T10:00:00Z', 1, measures);

    expect(figure).toMatchObject({ kind: 'QUANTITY', category: 'delivery', value: Number(categoryViews(measures).delivery?.gigabytes) });
  });

  it('tells of every account', async () => {
    expect(new Set((await published('2026-11-23T10:00:00Z', 3)).map(({ owner }) => JSON.stringify(owner))).size).toBe(3);
  });
});
