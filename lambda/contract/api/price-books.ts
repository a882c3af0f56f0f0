import * as z from 'zod';
import { answeredTimeSchema, pageOf, pageQuerySchema } from './fields.ts';

/** Query of listPriceBooks: newest first. */
export const priceBooksQuerySchema = pageQuerySchema;

/** Query of getPriceBook: the rates of all services unless told by its Price List code (`AmazonCloudFront`), by SKU. */
export const priceBookQuerySchema = pageQuerySchema.extend({ service: z.string().min(1).max(100).exactOptional() });

const headSchema = z.object({
  priceBookId: z.string(),
  region: z.string(),
  /** When the Price List said so. */
  fetchedAt: answeredTimeSchema,
  /** The list's publication of each service. */
  publications: z.record(z.string(), z.string()),
});

/** The answer of `listPriceBooks`. */
export const priceBooksSchema = pageOf(headSchema);

/** What one SKU costs on demand, in the list's own words and decimals. */
const rateSchema = z.object({
  sku: z.string(),
  /** The Price List's code: `AmazonCloudFront`. */
  service: z.string(),
  usageType: z.string(),
  /** The operation of the list, where it has one. */
  operation: z.string().nullable(),
  /** Null where there is one price everywhere, or by geography. */
  region: z.string().nullable(),
  unit: z.string(),
  /** From when the list's price holds, as the list writes it. */
  effectiveDate: z.string(),
  /** Monthly volume tiers, ascending; `to` is exclusive, null when open. Breakouts are rated at the first that is not free. */
  tiers: z.array(z.object({ from: z.string(), to: z.string().nullable(), usdPerUnit: z.string(), rateCode: z.string() })).min(1),
});

/** The answer of `getPriceBook`. */
export const priceBookSchema = headSchema.extend({ rates: pageOf(rateSchema) });
