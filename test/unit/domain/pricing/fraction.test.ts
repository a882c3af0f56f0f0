import fc from 'fast-check';
import { add, formatDecimal, fraction, multiply, parseDecimal, roundHalfEven } from '../../../../lambda/domain/pricing/fraction.ts';
import { formatUsd, toNanoUsd } from '../../../../lambda/domain/pricing/usd.ts';

describe('fraction', () => {
  it.each([
    ['0.0850000000', 85_000_000n, 10n ** 9n],
    ['10240', 10_240n, 1n],
    ['-1.5', -15n, 10n],
    ['7.5E-7', 75n, 10n ** 8n],
    ['2e3', 2000n, 1n],
  ])('parses %s exactly', (text, numerator, denominator) => {
    const value = parseDecimal(text);

    expect(value.numerator * denominator).toBe(numerator * value.denominator);
  });

  it.each(['', 'Inf', '1,5', '.5', '0x10', 'NaN', '1e9999'])('rejects "%s" as a decimal', (text) => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  });

  it.each([
    [5n, 2n, 2n], [7n, 2n, 4n], [-5n, 2n, -2n], [-7n, 2n, -4n], [1n, 3n, 0n], [2n, 3n, 1n], [-2n, 3n, -1n], [4n, 1n, 4n],
  ])('rounds %s/%s half-even to %s', (numerator, denominator, expected) => {
    expect(roundHalfEven(fraction(numerator, denominator))).toBe(expected);
  });

  it('never rounds further than a half away', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
        const distance = numerator - roundHalfEven({ numerator, denominator }) * denominator;
        return 2n * (distance < 0n ? -distance : distance) <= denominator;
      }),
      { seed: 23 },
    );
  });

  it('reads back what it formats', () => {
    fc.assert(fc.property(fc.bigInt(), (nano) => toNanoUsd(parseDecimal(formatUsd(nano))) === nano), { seed: 23 });
  });

  it('adds tenths without a trace of binary floats', () => {
    const sum = add(parseDecimal('0.1'), parseDecimal('0.2'));

    expect(formatDecimal(sum, 20)).toBe('0.3');
    expect(formatDecimal(multiply(sum, fraction(1n, 3n)), 4)).toBe('0.1');
  });

  it('rejects a denominator that is not positive', () => {
    expect(() => fraction(1n, 0n)).toThrow(RangeError);
  });
});
