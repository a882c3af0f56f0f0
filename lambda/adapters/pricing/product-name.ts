import * as z from 'zod';
import type { UnreadableProduct } from '../../domain/pricing/price-book.ts';

const nameSchema = z.object({
  product: z.object({ sku: z.string().catch(''), attributes: z.record(z.string(), z.unknown()).catch({}) }).catch({ sku: '', attributes: {} }),
});

const productOf = (json: string): z.infer<typeof nameSchema>['product'] => {
  try {
    return nameSchema.parse(JSON.parse(json)).product;
  } catch {
    // What cannot be read at all has no name: its problem says why.
    return { sku: '', attributes: {} };
  }
};

/** What can be known of an element of the list that is not as it should be; empty where nothing is. */
export const nameOfProduct = (json: string): Pick<UnreadableProduct, 'sku' | 'usageType' | 'attributes'> => {
  const { sku, attributes } = productOf(json);
  const texts = Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
  return { sku, usageType: texts['usagetype'] ?? '', attributes: texts };
};
