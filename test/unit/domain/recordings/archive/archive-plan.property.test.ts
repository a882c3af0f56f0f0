import fc from 'fast-check';
import { planArchive } from '../../../../../lambda/domain/recordings/archive/archive-plan.ts';
import { chunk } from '../../../../../lambda/domain/recordings/archive/chunk.ts';
import { totalLength, uncovered, union } from '../../../../../lambda/domain/recordings/archive/intervals.ts';
import { anArchivedRun, archiveKey, rolloverMilliseconds } from '../../../../support/recordings/an-archive.ts';

const length = 20;
const sequences = fc.uniqueArray(fc.nat({ max: length - 1 }), { maxLength: length });

const copies = fc.record({ one: sequences, other: sequences, shuffle: fc.infiniteStream(fc.nat()) }).map(({ one, other, shuffle }) => {
  const keys = [...one.map((sequence) => archiveKey(sequence)), ...other.map((sequence) => archiveKey(sequence, { copy: 'copy' }))];
  return { one, other, keys: keys.map((key) => ({ key, rank: shuffle.next().value })).sort((a, b) => a.rank - b.rank).map(({ key }) => key) };
});

describe('planArchive', () => {
  it('has every moment of either copy once, and nothing twice', () => {
    fc.assert(
      fc.property(copies, ({ one, other, keys }) => {
        const plan = planArchive([anArchivedRun(length, keys)]);

        const times = plan.files.map(({ from }) => from);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        expect(plan.files).toHaveLength(new Set([...one, ...other]).size);
        expect(plan.overlaps).toEqual([]);
      }),
    );
  });

  it('covers a run with its files and gaps exactly', () => {
    fc.assert(
      fc.property(copies, ({ keys }) => {
        const { files, gaps } = planArchive([anArchivedRun(length, keys)]);

        expect(totalLength(union([...files, ...gaps]))).toBe(length * rolloverMilliseconds);
        expect(totalLength(files) + totalLength(gaps)).toBe(length * rolloverMilliseconds);
      }),
    );
  });

  it('plans the same whatever the order of the listing', () => {
    fc.assert(
      fc.property(copies, ({ keys }) => {
        expect(planArchive([anArchivedRun(length, keys)])).toEqual(planArchive([anArchivedRun(length, keys.toSorted())]));
      }),
    );
  });
});

describe('chunk', () => {
  it('keeps order and all, in the fewest pieces, evenly', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 700 }), fc.integer({ min: 1, max: 150 }), (items, most) => {
        const pieces = chunk(items, most);
        const sizes = pieces.map((piece) => piece.length);

        expect(pieces.flat()).toEqual(items);
        expect(pieces).toHaveLength(Math.ceil(items.length / most));
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(most);
        expect(Math.max(0, ...sizes) - Math.min(...sizes, Infinity)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('uncovered', () => {
  const interval = fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 })).map(([from, size]) => ({ from, to: from + size }));

  it('is what the union leaves of the whole', () => {
    fc.assert(
      fc.property(interval, fc.array(interval), (whole, intervals) => {
        const gaps = uncovered(whole, intervals);
        const covered = union(intervals.map(({ from, to }) => ({ from: Math.max(from, whole.from), to: Math.min(to, whole.to) })));

        expect(totalLength(gaps) + totalLength(covered)).toBe(whole.to - whole.from);
        expect(union(gaps)).toEqual(gaps);
      }),
    );
  });
});
