import * as z from 'zod';
import type { UnreadableProduct } from '../../domain/pricing/price-book.ts';
import { rateProblem } from '../../domain/pricing/rate-problem.ts';
import { sortTiers, type PricedService, type Rate } from '../../domain/pricing/rate.ts';
import { nameOfProduct } from './product-name.ts';

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'expected a decimal of 0 or more');

/** One element of GetProducts' PriceList: JSON in a string. Terms that are not on demand (reserved, flat rate) are left out. */
const productSchema = z.object({
  product: z.object({ sku: z.string(), productFamily: z.string().optional(), attributes: z.record(z.string(), z.string()) }),
  terms: z.object({
    OnDemand: z
      .record(
        z.string(),
        z.object({
          effectiveDate: z.iso.datetime({ offset: true }),
          priceDimensions: z.record(
            z.string(),
            z.object({
              rateCode: z.string(),
              unit: z.string(),
              beginRange: decimal.default('0'),
              endRange: z.union([z.literal('Inf'), decimal]).default('Inf'),
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

/** A product and the publication that it stands in, or why it cannot be read. */
export type ListedProduct = { readonly publication: string; readonly rate: Rate } | { readonly unreadable: UnreadableProduct };

/** The terms that hold at a time: the newest that are in force. More than one is not known to be the price. */
const termsAt = ({ terms }: Product, at: number): readonly Term[] => {
  const inForce = Object.values(terms.OnDemand ?? {}).filter(({ effectiveDate }) => Date.parse(effectiveDate) <= at);
  const newest = Math.max(...inForce.map(({ effectiveDate }) => Date.parse(effectiveDate)));
  return inForce.filter(({ effectiveDate }) => Date.parse(effectiveDate) === newest);
};

const isInOtherMoney = ({ priceDimensions }: Term): boolean => {
  const prices = Object.values(priceDimensions);
  return prices.length > 0 && prices.every(({ pricePerUnit }) => pricePerUnit['USD'] === undefined);
};

/** A price that is missing beside others in dollars is no decimal, which is a problem of its rate. */
const rateOf = (service: PricedService, { product }: Product, { effectiveDate, priceDimensions }: Term, unit: string): Rate => ({
  sku: product.sku,
  service,
  usageType: product.attributes['usagetype'] ?? '',
  unit,
  tiers: sortTiers(
    Object.values(priceDimensions).map(({ beginRange, endRange, rateCode, pricePerUnit: { USD = '' } }) => ({ from: beginRange, ...(endRange === 'Inf' ? {} : { to: endRange }), usdPerUnit: USD, rateCode })),
  ),
  effectiveDate,
  attributes: product.attributes,
});

const parsed = (json: string): { readonly product: Product } | { readonly problem: string } => {
  try {
    const { success, data, error } = productSchema.safeParse(JSON.parse(json));
    return success ? { product: data } : { problem: z.prettifyError(error) };
  } catch (error) {
    return { problem: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/** The rate of the term that holds, its tiers in order, or why there is none. */
const checkedRate = (service: PricedService, product: Product, terms: readonly Term[]): { readonly rate: Rate } | { readonly problem: string } => {
  const [term] = terms;
  const units = [...new Set(Object.values(term?.priceDimensions ?? {}).map(({ unit }) => unit))];
  const [unit] = units;
  if (term === undefined || unit === undefined) return { problem: 'its term on demand has no price dimension, expected at least one' };
  if (terms.length > 1) return { problem: `${terms.length} terms on demand are effective from ${term.effectiveDate}, expected one` };
  if (units.length > 1) return { problem: `its prices are in ${units.join(' and ')}, expected one unit` };
  const rate = rateOf(service, product, term, unit);
  const problem = rateProblem(rate);
  return problem === undefined ? { rate } : { problem };
};

/** What an element of the list says holds at a time: undefined when it has no on-demand price in dollars then. Never throws. */
export const listedProduct = (service: PricedService, json: string, at: number): ListedProduct | undefined => {
  const read = parsed(json);
  if ('problem' in read) return { unreadable: { ...nameOfProduct(json), service, problem: read.problem } };
  const { product } = read;
  const terms = termsAt(product, at);
  if (terms.every(isInOtherMoney)) return undefined;
  const checked = checkedRate(service, product, terms);
  if ('problem' in checked) return { unreadable: { ...nameOfProduct(json), service, problem: checked.problem } };
  return { publication: product.version ?? product.publicationDate ?? '', rate: checked.rate };
};
