import { DescribeServicesCommand, GetAttributeValuesCommand, GetProductsCommand, PricingClient, type GetProductsCommandInput } from '@aws-sdk/client-pricing';
import { z } from 'zod';
import { createPricingService } from '../../../../../local/services/pricing/pricing-service.ts';
import { readRateProvenance } from '../../../../../local/services/pricing/rate-provenance.ts';
import { startGateway } from '../../../../support/gateway/local-gateway.ts';

const productSchema = z.object({
  product: z.object({ sku: z.string(), productFamily: z.string(), attributes: z.record(z.string(), z.string()) }),
  serviceCode: z.string(),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        offerTermCode: z.string(),
        effectiveDate: z.iso.datetime(),
        priceDimensions: z.record(
          z.string(),
          z.object({ rateCode: z.string(), unit: z.string(), beginRange: z.string(), endRange: z.string(), pricePerUnit: z.object({ USD: z.string() }) }),
        ),
      }),
    ),
  }),
  version: z.string(),
  publicationDate: z.iso.datetime(),
});

let now = Date.now();
let client: PricingClient;
let close: () => Promise<void>;

beforeAll(async () => {
  const gateway = await startGateway({ services: [createPricingService({ clock: { now: () => now, sleep: async () => undefined } })] });
  client = new PricingClient({ ...gateway.settings, maxAttempts: 1 });
  close = () => gateway.close();
});

beforeEach(() => (now += 60_000));

afterAll(async () => {
  client.destroy();
  await close();
});

const products = async (ServiceCode: string, ...Filters: NonNullable<GetProductsCommandInput['Filters']>) => {
  const { PriceList = [] } = await client.send(new GetProductsCommand({ ServiceCode, Filters, FormatVersion: 'aws_v1' }));
  return [...PriceList].map((json) => productSchema.parse(JSON.parse(String(json))));
};

const usageType = (Value: string) => ({ Type: 'TERM_MATCH' as const, Field: 'usagetype', Value });
const inRegion = (Value: string) => ({ Type: 'TERM_MATCH' as const, Field: 'regionCode', Value });
const priceOf = (found: z.infer<typeof productSchema>[]) =>
  found.flatMap(({ terms }) => Object.values(terms.OnDemand).flatMap((term) => Object.values(term.priceDimensions).map(({ beginRange, pricePerUnit }) => [beginRange, pricePerUnit.USD])));

describe('the Price List', () => {
  it.each([
    ['AWSElementalMediaLive', 'EML1-USE1-OUT-AVC-HD-L10-30-S', '0.4212000000'],
    ['AWSElementalMediaLive', 'EML2-USE1-IN-AVC-HD-L10', '0.2340000000'],
    ['AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', '0.0300000000'],
    ['AWSElementalMediaConvert', 'IAD-B-AVC-HD-S-30', '0.0150000000'],
    ['AmazonCloudFront', 'US-Requests-Tier2-HTTPS', '0.0000010000'],
    ['AmazonS3', 'Requests-Tier1', '0.0000050000'],
  ])('has exactly one rate of %s %s', async (service, type, usd) => {
    expect(priceOf(await products(service, usageType(type)))).toEqual([['0', usd]]);
  });

  it('writes tiers unordered, up to infinity', async () => {
    const prices = priceOf(await products('AmazonCloudFront', usageType('JP-DataTransfer-Out-Bytes')));

    expect(prices[0]?.[0]).not.toBe('0');
    expect(prices).toContainEqual(['0', '0.1140000000']);
    expect(prices).toContainEqual(['5242880', '0.0600000000']);
  });

  it('lists reserved SKUs beside those on demand', async () => {
    const found = await products('AWSElementalMediaLive', { Type: 'CONTAINS', Field: 'usagetype', Value: 'EML1-USE1-OUT-AVC-HD-L10-30-S' });

    expect(found.map(({ product }) => product.attributes['reserveType']).sort()).toEqual(['1 Year', 'NA']);
  });

  it('has services, but no rates, in a second Region', async () => {
    const { AttributeValues } = await client.send(new GetAttributeValuesCommand({ ServiceCode: 'AWSElementalMediaLive', AttributeName: 'regionCode' }));

    expect(AttributeValues?.map(({ Value }) => Value)).toEqual(['eu-north-1', 'us-east-1']);
    expect(await products('AWSElementalMediaLive', inRegion('eu-north-1'))).toEqual([]);
  });

  it.each([
    ['EQUALS', 'Ingest', 1],
    ['ANY_OF', 'Ingest,Origination-Packaging', 2],
    ['NONE_OF', 'Ingest', 1],
    ['CONTAINS', 'Packaging', 1],
  ] as const)('filters by %s', async (Type, Value, count) => {
    expect(await products('AWSElementalMediaPackage', { Type, Field: 'transferType', Value })).toHaveLength(count);
  });

  it('answers in pages', async () => {
    const skus = new Set<string>();
    let NextToken: string | undefined;
    do {
      now += 60_000;
      const page = await client.send(new GetProductsCommand({ ServiceCode: 'AmazonCloudFront', MaxResults: 7, ...(NextToken ? { NextToken } : {}) }));
      for (const json of page.PriceList ?? []) skus.add(productSchema.parse(JSON.parse(String(json))).product.sku);
      NextToken = page.NextToken;
    } while (NextToken);

    expect(skus.size).toBe(32);
  });

  it('describes services by their attributes', async () => {
    const { Services } = await client.send(new DescribeServicesCommand({ ServiceCode: 'AWSElementalMediaLive' }));

    expect(Services?.[0]?.AttributeNames).toEqual(expect.arrayContaining(['codec', 'frameRate', 'pipeline', 'regionCode', 'reserveType', 'resolution', 'usagetype', 'videoQuality']));
  });

  it('throttles the eleventh call at once, and refills five a second', async () => {
    const call = () => client.send(new DescribeServicesCommand({ ServiceCode: 'AmazonS3' }));
    for (let n = 0; n < 10; n += 1) await call();

    await expect(call()).rejects.toMatchObject({ name: 'ThrottlingException' });
    now += 200;
    await call();
  });

  it.each([
    ['an unknown service', { ServiceCode: 'AmazonNothing' }, 'NotFoundException'],
    ['101 results', { ServiceCode: 'AmazonS3', MaxResults: 101 }, 'InvalidParameterException'],
    ['another format', { ServiceCode: 'AmazonS3', FormatVersion: 'aws_v2' }, 'InvalidParameterException'],
    ['a token of its own', { ServiceCode: 'AmazonS3', NextToken: 'mine' }, 'InvalidNextTokenException'],
  ])('rejects %s', async (_what, input, name) => {
    await expect(client.send(new GetProductsCommand(input))).rejects.toMatchObject({ name });
  });

  it('says of each SKU where its rate comes from', async () => {
    const provenance = readRateProvenance();
    const [sourced] = await products('AWSElementalMediaPackage', usageType('USE1-EMP-ingest-bytes'));
    const [guessed] = await products('AWSElementalMediaLive', { Type: 'TERM_MATCH', Field: 'operation', Value: 'INACTIVE_CHANNEL' });

    expect(provenance(sourced?.product.sku ?? '')).toMatchObject({ date: '2026-09-18', isIllustrative: false });
    expect(provenance(guessed?.product.sku ?? '')).toMatchObject({ isIllustrative: true });
    expect(provenance('NOTHING')).toBeUndefined();
  });
});
