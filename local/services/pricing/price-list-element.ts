import type { PriceRow } from './price-snapshot.ts';

/** The offer term of all on-demand prices, and the rate code of a single tier: AWS's own convention. */
const offerTermCode = 'JRTCKXETXF';
const singleTierCode = '6YS6EN2CT7';

const describeTier = ({ description, unit }: PriceRow, usd: string, from: string, to: string): string =>
  `$${Number(usd)} per ${unit} for ${description}${from === '0' && to === 'Inf' ? '' : `, from ${from} to ${to}`}`;

/** An element of GetProducts' PriceList, as the JSON text that the Price List writes. */
export const priceListElement = (row: PriceRow): string => {
  const { sku, service, productFamily, unit, date, attributes, tiers } = row;
  const term = `${sku}.${offerTermCode}`;
  const dimensions = tiers.map(({ from, to, usd }, index) => {
    const rateCode = `${term}.${tiers.length === 1 ? singleTierCode : `TIER${String(index).padStart(6, '0')}`}`;
    return [
      rateCode,
      { rateCode, unit, beginRange: from, endRange: to, description: describeTier(row, usd, from, to), appliesTo: [], pricePerUnit: { USD: usd } },
    ] as const;
  });
  const day = `${date}T00:00:00Z`;
  return JSON.stringify({
    product: { productFamily, attributes: { servicecode: service, ...attributes }, sku },
    serviceCode: service,
    terms: {
      OnDemand: {
        // Tiers come unordered from the Price List: readers must sort them.
        [term]: { priceDimensions: Object.fromEntries(dimensions.toReversed()), sku, effectiveDate: day, offerTermCode, termAttributes: {} },
      },
    },
    version: date.replaceAll('-', '').padEnd(14, '0'),
    publicationDate: day,
  });
};
