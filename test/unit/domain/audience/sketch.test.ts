import fc from 'fast-check';
import { countDistinct } from '../../../../lambda/domain/audience/count-distinct.ts';
import { sketchFromBytes, sketchToBytes } from '../../../../lambda/domain/audience/sketch-bytes.ts';
import { addHash, emptySketch, joinSketches, type Sketch, standardError } from '../../../../lambda/domain/audience/sketch.ts';
import { someHashes } from '../../../support/usage/some-hashes.ts';

const sketchOf = (first: number, count: number, precision = 14): Sketch => {
  const sketch = emptySketch(precision);
  for (const { high, low } of someHashes(first, count)) addHash(sketch, high, low);
  return sketch;
};

const anySketch = fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 300 })).map(([first, count]) => sketchOf(first, count, 8));

describe('a sketch', () => {
  it('counts few exactly', () => {
    expect([0, 1, 2, 10, 50].map((count) => countDistinct(sketchOf(0, count)))).toEqual([0, 1, 2, 10, 50]);
  });

  it.each([14, 12, 11])('keeps within its standard error at precision %i', (precision) => {
    const errors = [1_000, 5_000, 20_000, 60_000].flatMap((count) => [0, 1, 2].map((round) => countDistinct(sketchOf(round * 1_000_000, count, precision)) / count - 1));

    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(deviation).toBeLessThan(1.5 * standardError(precision));
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(3.5 * standardError(precision));
  });

  it('counts billions without running full', () => {
    const full = { precision: 4, registers: new Uint8Array(16).fill(30) };

    expect(countDistinct(full)).toBeGreaterThan(1e9);
  });

  it('joins like a set: any order, any number of times', () => {
    fc.assert(
      fc.property(anySketch, anySketch, anySketch, (a, b, c) => {
        expect(joinSketches(a, b)).toEqual(joinSketches(b, a));
        expect(joinSketches(a, joinSketches(b, c))).toEqual(joinSketches(joinSketches(a, b), c));
        expect(joinSketches(a, a)).toEqual(a);
        expect(countDistinct(joinSketches(a, b))).toBeGreaterThanOrEqual(countDistinct(a));
      }),
      { seed: 11, numRuns: 50 },
    );
  });

  it('counts who is in two sketches once', () => {
    expect(countDistinct(joinSketches(sketchOf(0, 30), sketchOf(15, 30)))).toBe(45);
  });

  it('rejects joining different precisions', () => {
    expect(() => joinSketches(emptySketch(11), emptySketch(14))).toThrow(/11 and 14 cannot be joined/);
  });
});

describe('the bytes of a sketch', () => {
  it('read back as they were, sparse and dense', () => {
    fc.assert(fc.property(anySketch, (sketch) => expect(sketchFromBytes(sketchToBytes(sketch))).toEqual(sketch)), { seed: 11, numRuns: 100 });
  });

  it('are few for few viewers and 12 KB for many', () => {
    expect([sketchToBytes(sketchOf(0, 3)).length, sketchToBytes(sketchOf(0, 30_000)).length]).toEqual([11, 12_290]);
  });

  it.each([
    ['nothing', []],
    ['an unknown form', [3, 14]],
    ['a precision beyond reason', [1, 40]],
    ['half an entry', [1, 14, 0]],
    ['a dense form cut short', [2, 14, 0, 0, 0]],
    ['a rank beyond 60 bits', [1, 14, 0, 0, 63]],
    ['a register beyond the last', [1, 4, 255, 255, 1]],
  ])('rejects %s', (_what, bytes) => {
    expect(() => sketchFromBytes(Uint8Array.from(bytes))).toThrow(RangeError);
  });
});
