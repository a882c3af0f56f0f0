import { publishUsage, type UsageFigure } from '../../../../lambda/domain/usage/publish-usage.ts';
import { itemIds } from '../../../support/usage/ids.ts';

/** Figures of an account with one hour at half a dollar, whatever the month, and of nothing else. */
const published = async (now: string, accounts = 1): Promise<readonly UsageFigure[]> => {
  const figures: UsageFigure[] = [];
  const items = Array.from({ length: accounts }, (_, index) => ({ accountId: `${itemIds.account}${index}`, name: '', members: [], createdAt: '', updatedAt: '', revision: 1 }));
  await publishUsage({
    accounts: { list: async ({ after }) => (after === undefined && accounts > 1 ? { items: items.slice(0, 1), next: 'more' } : { items: items.slice(after === undefined ? 0 : 1) }) },
    usage: {
      accountUsage: async () => ({ measures: { streamingRunMilliseconds: 3_600_000n, streamingNanoUsd: 500_000_000n, streamingChargeNanoUsd: 600_000_000n, minimumChargeNanoUsd: 400_000_000n } }),
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

  it('tells of the month before in its last hour, until it is final', async () => {
    const times = async (now: string): Promise<readonly string[]> => [...new Set((await published(now)).map(({ at }) => new Date(at).toISOString()))];

    expect(await times('2026-12-02T10:00:00Z')).toEqual(['2026-11-30T23:00:00.000Z', '2026-12-02T10:00:00.000Z']);
    expect(await times('2026-12-04T10:00:00Z')).toEqual(['2026-12-04T10:00:00.000Z']);
  });

  it('tells of every account', async () => {
    expect(new Set((await published('2026-11-23T10:00:00Z', 3)).map(({ owner }) => JSON.stringify(owner))).size).toBe(3);
  });
});
