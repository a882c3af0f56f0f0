import * as z from 'zod';
import { pricedServices, type Rate } from '../../domain/pricing/rate.ts';

/** Rates as they are stored: as JSON text, which is smaller than DynamoDB's own maps. */
export const ratesSchema: z.ZodType<readonly Rate[]> = z.array(
  z.object({
    sku: z.string(),
    service: z.enum(pricedServices),
    usageType: z.string(),
    unit: z.string(),
    tiers: z.array(z.object({ from: z.string(), to: z.string().exactOptional(), usdPerUnit: z.string(), rateCode: z.string() })).min(1),
    effectiveDate: z.string(),
    attributes: z.record(z.string(), z.string()),
  }),
);

/** An item holds 400 KB. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const mostBytes = 300_000;

/** Rates in portions that each fit into one item. */
export const chunksOfRates = (rates: readonly Rate[]): readonly (readonly Rate[])[] => {
  const chunks: Rate[][] = [];
  let size = mostBytes;
  for (const rate of rates) {
    const bytes = Buffer.byteLength(JSON.stringify(rate));
    if (size + bytes > mostBytes) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(rate);
    size += bytes;
  }
  return chunks;
};
