/** An element of GetProducts' PriceList: JSON in a string, with tiers out of order as the service has them. */
export const aPriceListProduct = ({
  sku = 'SKU1',
  attributes = { usagetype: 'USE1-EMP-ingest-bytes', regionCode: 'us-east-1' },
  unit = 'GB',
  tiers = [['0', 'Inf', '0.0300000000']],
  effectiveDate = '2026-11-01T00:00:00Z',
  version = '20261101000000',
}: {
  sku?: string;
  attributes?: Record<string, string>;
  unit?: string;
  tiers?: readonly (readonly [string, string, string])[];
  effectiveDate?: string;
  version?: string;
} = {}): string =>
  JSON.stringify({
    product: { productFamily: 'Packaging Data Transfer', attributes, sku },
    serviceCode: 'AWSElementalMediaPackage',
    terms: {
      OnDemand: {
        [`${sku}.JRTCKXETXF`]: {
          offerTermCode: 'JRTCKXETXF',
          sku,
          effectiveDate,
          termAttributes: {},
          priceDimensions: Object.fromEntries(
            [...tiers].reverse().map(([beginRange, endRange, USD], index) => [
              `${sku}.JRTCKXETXF.${index}`,
              { rateCode: `${sku}.JRTCKXETXF.${index}`, unit, beginRange, endRange, description: '', appliesTo: [], pricePerUnit: { USD } },
            ]),
          ),
        },
      },
      FlatRate: { anything: { planCode: 'PRO' } },
    },
    version,
    publicationDate: '2026-11-01T00:00:00Z',
  });
