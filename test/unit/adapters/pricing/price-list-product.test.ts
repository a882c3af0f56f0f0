import fc from 'fast-check';
import { listedProduct } from '../../../../lambda/adapters/pricing/price-list-product.ts';
import { aPriceListProduct } from '../../../support/usage/a-price-list-product.ts';

const now = Date.parse('2026-11-23T00:00:00Z');
const listed = (json: string) => listedProduct('AWSElementalMediaPackage', json, now);
const problemOf = (json: string): string => {
  const product = listed(json);
  if (!product || !('unreadable' in product)) throw new Error(`it was read: ${JSON.stringify(product)}`);
  return product.unreadable.problem;
};
const withTiers = (...tiers: readonly (readonly [string, string, string])[]): string => aPriceListProduct({ tiers });
const withTerm = (term: object): string => {
  const product = JSON.parse(aPriceListProduct());
  return JSON.stringify({ ...product, terms: { OnDemand: { ...product.terms.OnDemand, ...term } } });
};

describe('listedProduct', () => {
  it('reads the price on demand, and nothing of other terms', () => {
    const product = JSON.parse(aPriceListProduct());
    const reserved = { 'SKU1.NQ3QZPMQV9': { effectiveDate: '2026-11-02T00:00:00Z', priceDimensions: {} } };

    expect(listed(JSON.stringify({ ...product, terms: { ...product.terms, Reserved: reserved } }))).toMatchObject({ rate: { tiers: [{ usdPerUnit: '0.0300000000' }] } });
    expect(listed(JSON.stringify({ ...product, terms: { Reserved: reserved } }))).toBeUndefined();
  });

  it('reads the newest of several terms that are in force', () => {
    const dimension = (usd: string) => ({ one: { rateCode: usd, unit: 'GB', pricePerUnit: { USD: usd } } });
    const terms = {
      older: { effectiveDate: '2025-01-01T00:00:00Z', priceDimensions: dimension('1') },
      newer: { effectiveDate: '2026-11-20T00:00:00Z', priceDimensions: dimension('2') },
      next: { effectiveDate: '2026-12-01T00:00:00Z', priceDimensions: dimension('3') },
    };

    expect(listed(withTerm(terms))).toMatchObject({ rate: { effectiveDate: '2026-11-20T00:00:00Z', tiers: [{ from: '0', usdPerUnit: '2' }] } });
    expect(problemOf(withTerm({ ...terms, twin: terms.newer }))).toBe('2 terms on demand are effective from 2026-11-20T00:00:00Z, expected one');
  });

  it.each([
    ['a price that is no number', withTiers(['0', 'Inf', 'NaN']), /the price of SKU1.* is "NaN", expected USD of 0 or more/],
    ['an empty price', withTiers(['0', 'Inf', '']), /is ""/],
    ['a negative price', withTiers(['0', 'Inf', '-0.0300000000']), /is "-0.0300000000"/],
    ['a huge price', withTiers(['0', 'Inf', '1000000']), /is 1000000 USD a unit, expected less than 1000000/],
    ['an infinite price', withTiers(['0', 'Inf', 'Infinity']), /is "Infinity"/],
    ['a price as a number, which is not exact', aPriceListProduct().replace('"0.0300000000"', '0.03'), /expected string, received number/],
    ['a price without dollars beside one in dollars', withTiers(['0', '10', '1'], ['10', 'Inf', '2']).replace('"USD"', '"CNY"'), /is "", expected USD/],
    ['tiers that leave a gap', withTiers(['0', '10', '1'], ['11', 'Inf', '2']), /its tiers are 0 to 10, 11 to Inf, expected from 0 to Inf without gaps or overlaps/],
    ['tiers that overlap', withTiers(['0', 'Inf', '1'], ['0', 'Inf', '2']), /without gaps or overlaps/],
    ['tiers that begin above 0', withTiers(['1', 'Inf', '1']), /without gaps or overlaps/],
    ['tiers that end', withTiers(['0', '10', '1']), /without gaps or overlaps/],
    ['a range that is no number', withTiers(['all', 'Inf', '1']), /beginRange/],
    ['no price dimension', withTerm({ 'SKU1.JRTCKXETXF': { effectiveDate: '2026-11-01T00:00:00Z', priceDimensions: {} } }), /no price dimension/],
    ['two units', withTiers(['0', '10', '1'], ['10', 'Inf', '2']).replace('"unit":"GB"', '"unit":"MB"'), /its prices are in .*, expected one unit/],
    ['a factor that is none', aPriceListProduct({ attributes: { usagetype: 'x', normalizationRatio: 'two' } }), /normalizationRatio is "two", expected a decimal above 0/],
    ['a factor of 0', aPriceListProduct({ attributes: { usagetype: 'x', normalizationRatio: '0' } }), /above 0/],
    ['a date that is none', aPriceListProduct({ effectiveDate: 'soon' }), /effectiveDate/],
    ['another shape', aPriceListProduct().replace('priceDimensions', 'prices'), /priceDimensions/],
    ['no JSON', '{', /it is no JSON/],
    ['no object', 'null', /expected object/],
  ])('never prices by %s', (_what, json, problem) => {
    expect(problemOf(json)).toMatch(problem);
  });

  it('says what it knows of a product that it cannot read', () => {
    expect(listed(aPriceListProduct().replace('priceDimensions', 'prices'))).toMatchObject({ unreadable: { service: 'AWSElementalMediaPackage', sku: 'SKU1', usageType: 'USE1-EMP-ingest-bytes' } });
    expect(listed('{')).toMatchObject({ unreadable: { sku: '', usageType: '', attributes: {} } });
  });

  it('answers of whatever JSON, and never throws', () => {
    fc.assert(fc.property(fc.json(), (json) => void listed(json)), { numRuns: 500 });
    fc.assert(
      fc.property(fc.nat(), fc.string(), (at, text) => {
        const json = aPriceListProduct();

        listed(`${json.slice(0, at % json.length)}${text}${json.slice(at % json.length)}`);
      }),
      { numRuns: 500 },
    );
  });
});
