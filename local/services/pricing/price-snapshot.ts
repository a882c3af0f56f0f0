import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const rowSchema = z.strictObject({
  sku: z.string(),
  service: z.string(),
  productFamily: z.string(),
  unit: z.string(),
  /** Where the rate was read, and when it was true there. */
  source: z.string(),
  date: z.iso.date(),
  /** No source says so: good for showing how charges are made, not what they are. */
  illustrative: z.boolean(),
  description: z.string(),
  /** As in the Price List, with the list's own spelling. */
  attributes: z.record(z.string(), z.string()),
  tiers: z.array(z.strictObject({ from: z.string(), to: z.string(), usd: z.string().regex(/^\d+\.\d{10}$/), illustrative: z.literal(true).optional() })).min(1),
});

/** One SKU of the snapshot. */
export type PriceRow = z.infer<typeof rowSchema>;

/** Prices by Region (CloudFront's are in us-east-1's file: it has no Region). A Region may be known and have no rates. */
export interface PriceSnapshot {
  readonly regions: readonly string[];
  readonly rows: readonly PriceRow[];
}

const folder = new URL('./snapshot/', import.meta.url);

/** Reads the snapshot that is part of local mode. Throws when a row is not as it must be. */
export const readPriceSnapshot = (): PriceSnapshot => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  return {
    regions: files.map((name) => name.replace(/\.json$/, '')),
    rows: files.flatMap((name) => z.array(rowSchema).parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))),
  };
};
