import { camChannelTypes, camGeographies, camInputCriteria, camOutputClass, camOutputClasses, camOutputCriteria, homeCamGeography } from '../../../../lambda/domain/pricing/cam-rates.ts';
import type { PriceBook } from '../../../../lambda/domain/pricing/price-book.ts';
import { selectRate } from '../../../../lambda/domain/pricing/rate-selection.ts';
import { sortTiers } from '../../../../lambda/domain/pricing/rate.ts';
import { readPriceSnapshot } from '../../../../local/services/pricing/price-snapshot.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';

/** Local mode's own list of IVS, as a refresh would read it. */
const localBook = (): PriceBook =>
  aPriceBook({
    rates: readPriceSnapshot().rows.filter(({ service }) => service === 'AmazonIVS').map(({ sku, unit, attributes, tiers }) => ({
      sku, service: 'AmazonIVS', usageType: attributes['usagetype'] ?? '', unit, effectiveDate: '2026-11-01T00:00:00Z', attributes,
      tiers: sortTiers(tiers.map(({ from, to, usd }) => ({ from, ...(to === 'Inf' ? {} : { to }), usdPerUnit: usd, rateCode: `${sku}.${from}` }))),
    })),
  });

describe('rates of Amazon IVS', () => {
  it('are exactly one for each input and each output that meters ask for', () => {
    const book = localBook();
    const criteria = [
      ...camChannelTypes.map((type) => camInputCriteria('us-east-1', type)),
      ...camGeographies.flatMap((geography) => camOutputClasses.map((outputClass) => camOutputCriteria('us-east-1', geography, outputClass))),
    ];

    const skus = criteria.map((one) => selectRate(book, one)).map((selection) => ('rate' in selection ? selection.rate.sku : selection.unpriced));

    expect(new Set(skus).size).toBe(criteria.length);
    expect(book.rates.map(({ sku }) => sku).toSorted()).toEqual(skus.toSorted());
  });

  it('cost more the higher the class', () => {
    const book = localBook();
    const prices = camOutputClasses.map((outputClass) => selectRate(book, camOutputCriteria('us-east-1', 'EU', outputClass))).map((selection) => ('rate' in selection ? Number(selection.rate.tiers[0]!.usdPerUnit) : NaN));

    expect(prices).toEqual(prices.toSorted((one, other) => one - other));
  });

  it('are none in a Region that the list does not have', () => {
    expect(selectRate(localBook(), camInputCriteria('eu-north-1', 'BASIC'))).toEqual({ unpriced: 'no SKU for live input, Basic channel in eu-north-1' });
  });

  it.each([[160, 'SD'], [480, 'SD'], [481, 'HD'], [720, 'HD'], [1080, 'FULL_HD']] as const)('class %d lines as %s', (height, expected) => {
    expect(camOutputClass(height)).toBe(expected);
  });

  it.each([['us-west-2', 'NA'], ['eu-central-1', 'EU'], ['ap-northeast-2', 'KR'], ['sa-east-1', undefined]])('take viewers of %s for %s', (region, geography) => {
    expect(homeCamGeography(region)).toBe(geography);
  });
});
