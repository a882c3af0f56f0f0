import type { HoldingStore } from '../../../lambda/domain/usage/accrual/holding.ts';
import { aHolding } from '../usage/accruing-show.ts';

const at = (time: string): number => Date.parse(time);

/** What every keeper of holdings does. Each test has breakouts of its own, of a year of its own. */
export const describeHoldingStoreContract = (store: () => HoldingStore): void => {
  const holding = (breakoutId: string) =>
    aHolding({
      breakoutId,
      places: [
        { place: 'archive', bucket: 'archive', stored: [{ storedAt: 1, bytes: 1n << 60n, objects: 3, removedAt: 9 }] },
        { place: 'recordings', bucket: 'recordings', stored: [{ storedAt: 2, bytes: 5n, objects: 1, transition: { storageClass: 'STANDARD_IA', at: 7 } }, { storedAt: 2, bytes: 0n, objects: 1 }, { storedAt: 3, bytes: 1n, objects: 1, inventoried: 'FOUND' }] },
      ],
    });

  it('answers what was saved', async () => {
    expect(await store().get('bko_a')).toBeUndefined();

    expect(await store().save(holding('bko_a'), at('2020-01-01T00:00:00Z'))).toBe(true);

    expect(await store().get('bko_a')).toEqual(holding('bko_a'));
  });

  it('saves over the revision before alone', async () => {
    await store().save(holding('bko_b'), undefined);

    expect(await store().save(holding('bko_b'), undefined)).toBe(false);
    expect(await store().save({ ...holding('bko_b'), revision: 3 }, undefined)).toBe(false);
    expect(await store().save({ ...holding('bko_b'), bookedUntil: 5, revision: 2 }, undefined)).toBe(true);
    expect(await store().get('bko_b')).toMatchObject({ bookedUntil: 5, revision: 2 });
  });

  it('lists what is due, longest first, in pages', async () => {
    const times = { bko_c: '2010-01-03T00:00:00.000Z', bko_d: '2010-01-01T00:00:00.000Z', bko_e: '2010-01-02T00:00:00.000Z', bko_f: '2010-01-02T00:00:00.000Z', bko_g: '2010-02-01T00:00:00.000Z' };
    for (const [breakoutId, lookAt] of Object.entries(times)) await store().save(holding(breakoutId), at(lookAt));

    const first = await store().due(at('2010-01-03T00:00:00Z'), 2);
    const second = await store().due(at('2010-01-03T00:00:00Z'), 2, first.at(-1));

    expect([...first, ...second]).toEqual((['bko_d', 'bko_e', 'bko_f', 'bko_c'] as const).map((breakoutId) => ({ breakoutId, lookAt: at(times[breakoutId]) })));
    expect(await store().due(at('2010-01-03T00:00:00Z'), 2, second.at(-1))).toEqual([]);
  });

  it('lists nothing that need not be looked at any more', async () => {
    await store().save(holding('bko_h'), at('2009-01-01T00:00:00Z'));
    await store().save({ ...holding('bko_h'), revision: 2 }, undefined);

    expect(await store().due(at('2009-02-01T00:00:00Z'), 9)).toEqual([]);
  });
};
