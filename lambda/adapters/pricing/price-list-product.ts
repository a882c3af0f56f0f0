import * as z from 'zod';
import { sortTiers, type PricedService, type Rate } from '../../domain/pricing/rate.ts';

/** One element of GetProducts' PriceList: JSON in a string. Terms that are not on demand (reserved, flat rate) are left out. */
const productSchema = z.object({
  product: z.object({ sku: z.string(), productFamily: z.string().optional(), attributes: z.record(z.string(), z.string()) }),
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          effectiveDate: z.string(),
          priceDimensions: z.record(
            z.string(),
            z.object({
              rateCode: z.string(),
              unit: z.string(),
              beginRange: z.string().default('0'),
              endRange: z.string().default('Inf'),
              pricePerUnit: z.record(z.string(), z.string()),
            }),
          ),
        }),
      )
      .optional(),
  }),
  version: z.string().optional(),
  publicationDate: z.string().optional(),
});

type Product = z.infer<typeof productSchema>;

type Term = NonNullable<Product['terms']['OnDemand']>[string];

/** A product and the publication that it stands in. */
export interface ListedProduct {
  readonly publication: string;
  readonly rate: Rate;
}

/** The term that holds at a time: the newest that is in force. */
const termAt = (product: Product, at: number): Term | undefined =>
  Object.values(product.terms.OnDemand ?? {})
    .filter(({ effectiveDate }) => Date.parse(effectiveDate) <= at)
    .sort((left, right) => Date.parse(right.effectiveDate) - Date.parse(left.effectiveDate))[0];

const rateOf = (service: PricedService, { product }: Product, term: Term): Rate | undefined => {
  const dimensions = Object.values(term.priceDimensions);
  const unit = dimensions[0]?.unit;
  const tiers = dimensions.flatMap(({ beginRange, endRange, rateCode, pricePerUnit: { USD } }) =>
    USD === undefined ? [] : [{ from: beginRange, ...(endRange === 'Inf' ? {} : { to: endRange }), usdPerUnit: USD, rateCode }],
  );
  if (unit === undefined || tiers.length < dimensions.length || dimensions.some((dimension) => dimension.unit !== unit)) return undefined;
  return {
    sku: product.sku,
    service,
    usageType: product.attributes['usagetype'] ?? '',
    unit,
    tiers: sortTiers(tiers),
    effectiveDate: term.effectiveDate,
    attributes: product.attributes,
  };
};

/** What an element of the list says holds at a time: undefined when it has no on-demand price in dollars then. @throws ZodError, SyntaxError */
export const listedProduct = (service: PricedService, json: string, at: number): ListedProduct | undefined => {
  const product = productSchema.parse(JSON.parse(json));
  const term = termAt(product, at);
  const rate = term && rateOf(service, product, term);
  if (!rate) return undefined;
  return { publication: product.version ?? product.publicationDate ?? '', rate };
};
