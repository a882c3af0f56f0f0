import fc from 'fast-check';
import { planArchive } from '../../../../../lambda/domain/recordings/archive/archive-plan.ts';
import { archivedFiles } from '../../../../../lambda/domain/recordings/archive/archived-file.ts';
import { chunk } from '../../../../../lambda/domain/recordings/archive/chunk.ts';
import { totalLength, uncovered, union } from '../../../../../lambda/domain/recordings/archive/intervals.ts';
import { anArchivedRun, archiveKey, rolloverMilliseconds, runBegan } from '../../../../support/recordings/an-archive.ts';

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

const shiftedRuns = fc.record({ one: sequences, other: sequences, spare: sequences, shiftSeconds: fc.nat({ max: 299 }), spareMinute: fc.nat({ max: 120 }) });

describe('planArchive of copies that began apart, and of a spare pipeline', () => {
  it('uses every moment that was archived once, as exactly as names tell, and only what files hold', () => {
    fc.assert(
      fc.property(shiftedRuns, ({ one, other, spare, shiftSeconds, spareMinute }) => {
        const beganAt = runBegan + shiftSeconds * 1000;
        const keys = [...one.map((sequence) => archiveKey(sequence)), ...other.map((sequence) => archiveKey(sequence, { copy: 'copy', beganAt }))];
        const spareBegan = runBegan + spareMinute * 60_000;
        const ran = { from: spareBegan, to: spareBegan + length * rolloverMilliseconds };
        const runs = [anArchivedRun(length + 1, keys), anArchivedRun(length, spare.map((sequence) => archiveKey(sequence, { beganAt: spareBegan })), { ran })];

        const { files } = planArchive(runs);

        const archived = union(runs.flatMap((run) => archivedFiles(run)));
        const precision = 2_000 * (files.length + 1);
        expect(Math.abs(totalLength(union(files)) - totalLength(files))).toBeLessThanOrEqual(precision);
        for (const { from, to, clip = {} } of files) {
          expect(to).toBeGreaterThan(from);
          expect((clip.toMilliseconds ?? rolloverMilliseconds) - (clip.fromMilliseconds ?? 0)).toBeGreaterThanOrEqual(to - from);
          expect(totalLength(uncovered({ from, to }, archived))).toBe(0);
        }
      }),
    );
  });

  it('leaves nothing of one run out that either copy has', () => {
    fc.assert(
      fc.property(shiftedRuns, ({ one, other, shiftSeconds }) => {
        const keys = [...one.map((sequence) => archiveKey(sequence)), ...other.map((sequence) => archiveKey(sequence, { copy: 'copy', beganAt: runBegan + shiftSeconds * 1000 }))];
        const run = anArchivedRun(length + 1, keys);

        const { files } = planArchive([run]);

        const left = totalLength(union(archivedFiles(run))) - totalLength(union(files));
        expect(left).toBeLessThanOrEqual(2_000 * (keys.length + 1));
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
