import { GetProductsCommand, PricingClient, ThrottlingException } from '@aws-sdk/client-pricing';
import { mockClient } from 'aws-sdk-client-mock';
import { priceListCatalogue } from '../../../../lambda/adapters/pricing/price-list-catalogue.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { aPriceListProduct } from '../../../support/usage/a-price-list-product.ts';

const pricing = mockClient(PricingClient);
let now = Date.parse('2026-11-23T00:00:00Z');
const slept: number[] = [];
const clock = {
  now: () => now,
  sleep: async (milliseconds: number) => {
    slept.push(milliseconds);
    now += milliseconds;
  },
};
const catalogue = () => priceListCatalogue({ client: new PricingClient({ region: 'us-east-1' }), clock, random: () => 0.5 });

beforeEach(() => {
  pricing.reset();
  slept.length = 0;
});

describe('priceListCatalogue', () => {
  it('reads all pages of a Region with sorted tiers and the list’s own decimals', async () => {
    pricing
      .on(GetProductsCommand)
      .resolvesOnce({ PriceList: [aPriceListProduct({ tiers: [['0', '10240', '0.0850000000'], ['10240', 'Inf', '0.0800000000']] })], NextToken: 'next' })
      .resolvesOnce({ PriceList: [aPriceListProduct({ sku: 'SKU2', version: '20261102000000' })] });

    const { publication, rates } = await catalogue().read('AWSElementalMediaPackage', 'us-east-1');

    expect(publication).toBe('20261102000000');
    expect(rates.map(({ sku }) => sku)).toEqual(['SKU1', 'SKU2']);
    expect(rates[0]?.tiers).toEqual([
      { from: '0', to: '10240', usdPerUnit: '0.0850000000', rateCode: 'SKU1.JRTCKXETXF.1' },
      { from: '10240', usdPerUnit: '0.0800000000', rateCode: 'SKU1.JRTCKXETXF.0' },
    ]);
    expect(pricing.commandCalls(GetProductsCommand).map(({ args }) => [args[0].input.Filters, args[0].input.NextToken])).toEqual([
      [[{ Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1' }], undefined],
      [[{ Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1' }], 'next'],
    ]);
  });

  it('reads CloudFront whole, which has no Region', async () => {
    pricing.on(GetProductsCommand).resolves({ PriceList: [] });

    await catalogue().read('AmazonCloudFront', 'us-east-1');

    expect(pricing.commandCalls(GetProductsCommand)[0]?.args[0].input.Filters).toEqual([]);
  });

  it('leaves out prices that hold only later, or not in dollars', async () => {
    pricing.on(GetProductsCommand).resolves({
      PriceList: [aPriceListProduct({ effectiveDate: '2027-01-01T00:00:00Z' }), aPriceListProduct().replace('"USD"', '"CNY"')],
    });

    expect((await catalogue().read('AWSElementalMediaPackage', 'us-east-1')).rates).toEqual([]);
  });

  it('keeps to ten calls at once and five a second', async () => {
    let pages = 0;
    pricing.on(GetProductsCommand).callsFake(() => ({ PriceList: [], ...(++pages < 14 ? { NextToken: String(pages) } : {}) }));

    await catalogue().read('AWSElementalMediaPackage', 'us-east-1');

    expect(slept).toEqual([200, 200, 200, 200]);
  });

  it('tries again with jitter when throttled', async () => {
    const throttled = new ThrottlingException({ message: 'slow', $metadata: {} });
    pricing.on(GetProductsCommand).rejectsOnce(throttled).resolves({ PriceList: [aPriceListProduct()] });

    const { rates } = await catalogue().read('AWSElementalMediaPackage', 'us-east-1');

    expect(rates).toHaveLength(1);
    expect(slept).toEqual([500]);
  });

  it('fails as unavailable when throttled for good', async () => {
    pricing.on(GetProductsCommand).rejects(new ThrottlingException({ message: 'slow', $metadata: {} }));

    await expect(catalogue().read('AWSElementalMediaPackage', 'us-east-1')).rejects.toThrow(UnavailableError);
  });

  it('reads a product once that moves from one page to the next', async () => {
    pricing.on(GetProductsCommand).resolvesOnce({ PriceList: [aPriceListProduct()], NextToken: 'next' }).resolvesOnce({ PriceList: [aPriceListProduct()] });

    expect(await catalogue().read('AWSElementalMediaPackage', 'us-east-1')).toMatchObject({ rates: [{ sku: 'SKU1' }], unreadable: [] });
  });

  it('prices nothing by a product that is listed twice with different prices', async () => {
    const dearer = aPriceListProduct({ tiers: [['0', 'Inf', '0.9900000000']] });
    pricing.on(GetProductsCommand).resolvesOnce({ PriceList: [aPriceListProduct(), aPriceListProduct({ sku: 'SKU2' })], NextToken: 'next' }).resolvesOnce({ PriceList: [dearer] });

    expect(await catalogue().read('AWSElementalMediaPackage', 'us-east-1')).toMatchObject({ rates: [{ sku: 'SKU2' }], unreadable: [{ sku: 'SKU1', problem: 'it is listed twice, with different prices: read the list again' }] });
  });

  it('fails when a page names itself as the next', async () => {
    pricing.on(GetProductsCommand).resolves({ PriceList: [], NextToken: 'same' });

    await expect(catalogue().read('AWSElementalMediaPackage', 'us-east-1')).rejects.toThrow(/the same next page again and again/);
  });

  it('fails when a page in the middle fails, and answers no part', async () => {
    pricing.on(GetProductsCommand).resolvesOnce({ PriceList: [aPriceListProduct()], NextToken: 'next' }).rejects(new ThrottlingException({ message: 'slow', $metadata: {} }));

    await expect(catalogue().read('AWSElementalMediaPackage', 'us-east-1')).rejects.toThrow(UnavailableError);
  });
});
