import fc from 'fast-check';
import { cooling } from '../../../../lambda/domain/recordings/cooling.ts';
import { removedAt, storedTogether } from '../../../../lambda/domain/recordings/stored-intervals.ts';
import type { StoredObject } from '../../../../lambda/domain/usage/meters/storage-meter.ts';

const day = 86_400_000;
const began = Date.parse('2026-11-23T11:00:00Z');
const stored = fc.array(fc.record({ bytes: fc.bigInt({ min: 0n, max: 1_000_000n }), second: fc.nat({ max: 3 }) }), { maxLength: 50 }).map((all): StoredObject[] =>
  all.map(({ bytes, second }, index) => ({ key: String(index), bytes, storedAt: began + second * 1000 })),
);
const sumOf = (objects: readonly Pick<StoredObject, 'bytes'>[]): bigint => objects.reduce((sum, { bytes }) => sum + bytes, 0n);

describe('cooling', () => {
  it('is at the first midnight when an object is old enough, for what is large enough', () => {
    fc.assert(
      fc.property(stored, fc.integer({ min: 30, max: 400 }), (objects, days) => {
        for (const { bytes, storedAt, transition } of cooling(objects, days)) {
          expect(transition === undefined).toBe(bytes < 131_072n);
          if (transition === undefined) continue;
          expect(transition.at % day).toBe(0);
          expect(transition.at - storedAt).toBeGreaterThan(days * day);
          expect(transition.at - storedAt).toBeLessThanOrEqual((days + 1) * day);
        }
      }),
    );
  });

  it('never is where the stage keeps recordings as they are', () => {
    expect(cooling([{ key: 'a', bytes: 1n << 30n, storedAt: began }], 0)[0]).not.toHaveProperty('transition');
  });

  it('is remembered of what was deleted, with every byte and object', () => {
    fc.assert(
      fc.property(stored, (objects) => {
        const cooled = cooling(objects, 30);
        const gone = removedAt(storedTogether(cooled), began + 40 * day);

        expect(gone.reduce((sum, group) => sum + group.objects, 0)).toBe(objects.length);
        for (const storedAt of new Set(objects.map((object) => object.storedAt))) {
          for (const isCold of [true, false]) {
            const alike = (object: Pick<StoredObject, 'storedAt' | 'transition'>): boolean => object.storedAt === storedAt && (object.transition !== undefined) === isCold;
            expect(sumOf(gone.filter(alike))).toBe(sumOf(cooled.filter(alike)));
          }
        }
        for (const { bytes, transition } of gone) if (transition !== undefined) expect(bytes).toBeGreaterThanOrEqual(131_072n);
      }),
    );
  });
});
