import fc from 'fast-check';
import { fraction, multiply, parseDecimal } from '../../../../lambda/domain/pricing/fraction.ts';
import { toNanoUsd } from '../../../../lambda/domain/pricing/usd.ts';
import { chargeOf, nanoDollars, usdOf } from '../../../../scripts/demo/exact-usd.ts';

describe('exact USD', () => {
  it.each([
    ['61/60', '0.0150000000', 15_250_000n],
    ['60433/3600000', '0.0750000000', 1_259_021n],
    ['36', '0.0000050000', 180_000n],
    // Ties go to the even nano-dollar.
    ['1/2', '0.000000001', 0n],
    ['3/2', '0.000000001', 2n],
  ])('charges %s at %s', (quantity, price, nanos) => {
    expect(chargeOf(quantity, price)).toBe(nanos);
  });

  it('charges what the platform does', () => {
    const quantity = fc.record({ above: fc.bigInt({ min: 0n, max: 10n ** 20n }), below: fc.bigInt({ min: 1n, max: 10n ** 19n }), price: fc.bigInt({ min: 0n, max: 10n ** 12n }) });
    fc.assert(
      fc.property(quantity, ({ above, below, price }) => {
        const usd = `${price / 10n ** 10n}.${(price % 10n ** 10n).toString().padStart(10, '0')}`;
        expect(chargeOf(`${above}/${below}`, usd)).toBe(toNanoUsd(multiply(fraction(above, below), parseDecimal(usd))));
      }),
    );
  });

  it('is written and read again without loss', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (nanos) => expect(nanoDollars(usdOf(nanos))).toBe(nanos)));
  });

  it('rejects what is no amount', () => {
    expect(() => nanoDollars('1.0000000001')).toThrow('at most 9 decimals');
    expect(() => nanoDollars('free')).toThrow('"free" is no decimal');
    expect(() => chargeOf('1/0', '1')).toThrow('"1/0" is no quantity');
  });
});
