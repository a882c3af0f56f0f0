import fc from 'fast-check';
import { expiryOf, heldArchive } from '../../../../../lambda/domain/recordings/archive/archive-release.ts';
import { removedAt as removed, storedTogether } from '../../../../../lambda/domain/recordings/stored-intervals.ts';

const day = 86_400_000;
const at = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('expiryOf', () => {
  it('is the first midnight after the days are over', () => {
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 3650 }), (storedAt, days) => {
        const expiry = expiryOf(storedAt, days);

        expect(expiry % day).toBe(0);
        expect(expiry - storedAt).toBeGreaterThan(days * day);
        expect(expiry - storedAt).toBeLessThanOrEqual((days + 1) * day);
      }),
    );
  });
});

describe('storedTogether', () => {
  it('keeps bytes, objects and byte-time exactly', () => {
    const objects = fc.array(fc.record({ key: fc.string(), bytes: fc.bigInt({ min: 0n, max: 1n << 50n }), storedAt: fc.integer({ min: 0, max: 20 }) }));
    fc.assert(
      fc.property(objects, fc.integer({ min: 20, max: 1000 }), (stored, removedAt) => {
        const again = removed(storedTogether(stored), removedAt);
        const count = (all: readonly { readonly objects: number }[]): number => all.reduce((sum, { objects }) => sum + objects, 0);
        const byteTime = (all: readonly { readonly bytes: bigint; readonly storedAt: number }[]): bigint => all.reduce((sum, { bytes, storedAt }) => sum + bytes * BigInt(removedAt - storedAt), 0n);

        expect(count(again)).toBe(stored.length);
        expect(byteTime(again)).toBe(byteTime(stored));
        expect(count(heldArchive({ days: 1, stored: storedTogether(stored) }))).toBe(stored.length);
      }),
    );
  });
});
