import { meteredDifferenceOf, meteredQuantitiesOf, meteredTotalsOf, sumMetered } from '../../../../lambda/domain/usage/metered-totals.ts';

describe('metered totals', () => {
  it('adds what is counted in the same base units only', () => {
    const quantities = [{ sku: 'A', base: 2n, perUnit: 60n }, { sku: 'A', base: 3n, perUnit: 60n }, { sku: 'A', base: 5n, perUnit: 1n }];

    expect(meteredQuantitiesOf(meteredTotalsOf(quantities))).toEqual([{ sku: 'A', base: 5n, perUnit: 1n }, { sku: 'A', base: 5n, perUnit: 60n }]);
  });

  it('leads from before to after by the difference', () => {
    const [before, after] = [{ 'A/1': 2n, 'B/1': 7n, 'C/1': 1n }, { 'A/1': 5n, 'C/1': 1n }];

    const difference = meteredDifferenceOf(after, before);

    expect(difference).toEqual({ 'A/1': 3n, 'B/1': -7n });
    expect(sumMetered(before, difference)).toEqual({ ...after, 'B/1': 0n });
  });

  it('rejects units without base units, and names of another form', () => {
    expect(() => meteredTotalsOf([{ sku: 'A', base: 1n, perUnit: 0n }])).toThrow(RangeError);
    expect(() => meteredQuantitiesOf({ A: 1n })).toThrow('"A" is no metered quantity');
  });
});
