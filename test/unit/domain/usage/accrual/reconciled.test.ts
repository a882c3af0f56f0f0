import fc from 'fast-check';
import { storedTogether, type HeldBytes } from '../../../../../lambda/domain/recordings/stored-intervals.ts';
import { reconciled } from '../../../../../lambda/domain/usage/accrual/reconciled.ts';
import { aHolding } from '../../../../support/usage/accruing-show.ts';

const day = 86_400_000;
const settled = Date.parse('2026-11-23T12:00:40Z');
const at = settled + 5 * day;

const place = (stored: readonly HeldBytes[], bucket = 'recordings') => ({ place: 'recordings' as const, bucket, stored });
const known = { storedAt: settled - 1000, bytes: 100n, objects: 3 };
const after = (kept: readonly HeldBytes[], listed: readonly HeldBytes[]) => reconciled(aHolding({ places: [place(kept)], bookedUntil: at }), [place(listed)], at);

describe('reconciled', () => {
  it('is the same holding where nothing differs', () => {
    const holding = aHolding({ places: [place([known])] });

    expect(reconciled(holding, [place([known])], at)).toBe(holding);
    expect(reconciled(holding, [place([], 'another-bucket')], at)).toBe(holding);
  });

  it('holds what was not known from when it was stored, and has it booked again', () => {
    const late = { storedAt: settled + day, bytes: 7n, objects: 1 };

    expect(after([known], [known, late])).toMatchObject({ places: [{ stored: [known, { ...late, inventoried: 'FOUND' }] }], bookedUntil: late.storedAt - 1 });
  });

  it('holds the part of what was stored at one time that was not known', () => {
    expect(after([known], [{ ...known, bytes: 150n, objects: 5 }]).places[0]?.stored).toEqual([known, { ...known, bytes: 50n, objects: 2, inventoried: 'FOUND' }]);
  });

  it('ends what is gone when it is looked for', () => {
    expect(after([known], [])).toMatchObject({ places: [{ stored: [{ ...known, removedAt: at, inventoried: 'GONE' }] }], bookedUntil: at - 1 });
    expect(after([known], [{ ...known, bytes: 60n, objects: 1 }]).places[0]?.stored).toEqual([{ ...known, bytes: 60n, objects: 1 }, { ...known, bytes: 40n, objects: 2, removedAt: at, inventoried: 'GONE' }]);
  });

  it('ends what was replaced when that was complete', () => {
    const again = { storedAt: settled + day, bytes: 90n, objects: 3 };

    expect(after([known], [again]).places[0]?.stored).toEqual([{ ...known, removedAt: again.storedAt, inventoried: 'GONE' }, { ...again, inventoried: 'FOUND' }]);
  });

  it('leaves alone what has expired and is still listed, and what is newer than the listing', () => {
    const expired = { ...known, removedAt: at - day };
    const newer = { storedAt: at + 1, bytes: 1n, objects: 1 };

    expect(after([expired, newer], [known]).places[0]?.stored).toEqual([expired, newer]);
  });

  it('learns when files expire', () => {
    const expiring = { ...known, removedAt: at + day };

    expect(after([known], [expiring])).toMatchObject({ places: [{ stored: [expiring] }], bookedUntil: at });
  });

  it('holds what is listed afterwards, byte for byte, and changes nothing more', () => {
    const group = fc.record({ second: fc.nat({ max: 4 }), bytes: fc.bigInt({ min: 1n, max: 50n }), isCold: fc.boolean() });
    const objects = fc.array(group, { maxLength: 12 }).map((all) =>
      storedTogether(all.map(({ second, bytes, isCold }, index) => ({ key: String(index), bytes, storedAt: settled + second * 1000, ...(isCold ? { transition: { storageClass: 'STANDARD_IA' as const, at: settled + 40 * day } } : {}) }))),
    );
    fc.assert(
      fc.property(objects, objects, (kept, listed) => {
        const next = after(kept, listed);
        const held = (next.places[0]?.stored ?? []).filter(({ removedAt = Infinity }) => removedAt > at);
        const bytes = (stored: readonly HeldBytes[], storedAt: number): bigint => stored.filter((one) => one.storedAt === storedAt).reduce((sum, one) => sum + one.bytes, 0n);

        for (const { storedAt } of [...kept, ...listed]) expect(bytes(held, storedAt)).toBe(bytes(listed, storedAt));
        expect(reconciled(next, [place(listed)], at)).toBe(next);
      }),
      { numRuns: 500 },
    );
  });
});
