import fc from 'fast-check';
import { packSeries, unpackSeries } from '../../../../lambda/adapters/dynamodb/series-bytes.ts';

const value = fc.oneof(fc.constant(null), fc.bigInt({ min: -3n, max: 3n }), fc.bigInt({ min: -(1n << 80n), max: 1n << 80n }));
const series = fc.array(fc.record({ name: fc.string(), periodSeconds: fc.nat(), values: fc.array(value, { maxLength: 40 }) }), { maxLength: 6 });

describe('series as bytes', () => {
  it('come back as they were, of any sign and size', () => {
    fc.assert(fc.property(series, (given) => expect(unpackSeries(packSeries(given))).toEqual(given)));
  });

  it('are the same bytes of the same series', () => {
    const given = [{ name: 'a', values: [1n, null, 3n] }];

    expect(packSeries(given)).toEqual(packSeries(structuredClone(given)));
  });

  it('fail where they are cut short', () => {
    const packed = packSeries([{ values: Array.from({ length: 9 }, (_, index) => BigInt(index) ** 9n) }]);

    expect(() => unpackSeries(packed.subarray(0, packed.length - 3))).toThrow(/unexpected end/);
  });
});
