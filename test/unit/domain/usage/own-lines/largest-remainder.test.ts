import fc from 'fast-check';
import { largestRemainderShares } from '../../../../../lambda/domain/usage/own-lines/largest-remainder.ts';

describe('largestRemainderShares', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [10n, [1n, 1n, 1n], [4n, 3n, 3n]],
    [-10n, [1n, 1n, 1n], [-4n, -3n, -3n]],
    [7n, [0n, 5n, 2n], [0n, 5n, 2n]],
    [1n, [1n, 2n], [0n, 1n]],
    [0n, [0n, 0n], [0n, 0n]],
  ])('shares %s by %j as %j', (amount, weights, shares) => {
    expect(largestRemainderShares(amount, weights)).toEqual(shares);
  });

  it('shares to the last unit, nobody more than one off their part', () => {
    const weight = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.array(weight, { minLength: 1, maxLength: 12 }), (amount, weights) => {
        const all = weights.reduce((sum, one) => sum + one, 0n);
        fc.pre(all > 0n);

        const shares = largestRemainderShares(amount, weights);

        expect(shares.reduce((sum, one) => sum + one, 0n)).toBe(amount);
        for (const [index, share] of shares.entries()) {
          const off = share * all - amount * weights[index]!;
          expect(off < 0n ? -off : off).toBeLessThan(all);
        }
      }),
    );
  });

  it('rejects negative weights, and an amount that nobody can have', () => {
    expect(() => largestRemainderShares(1n, [2n, -1n])).toThrow('a weight is -1, expected 0 or more');
    expect(() => largestRemainderShares(1n, [0n])).toThrow('nobody has a weight, expected one above 0 to share 1');
  });
});
