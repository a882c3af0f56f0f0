import * as z from 'zod';
import { measureNames, usageCategories, type Measure, type Measures } from '../../domain/usage/measures.ts';
import type { UsageLine } from '../../domain/usage/usage-line.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';

/** Integers come back from the table as number up to 2^53 and as bigint above. */
export const integer = z.union([z.bigint(), z.int()]).transform((value) => BigInt(value));

const isMeasure = (name: string): name is Measure => measureNames.some((measure) => measure === name);

/** Measures as a map of numbers; names that are not known are left out. */
export const measuresSchema = z.record(z.string(), z.unknown()).transform((record, context): Measures => {
  const measures: Partial<Record<Measure, bigint>> = {};
  for (const [name, value] of Object.entries(record)) {
    if (!isMeasure(name)) continue;
    const amount = integer.safeParse(value);
    if (amount.success) measures[name] = amount.data;
    else context.addIssue({ code: 'custom', path: [name], message: `expected an integer, got ${String(value)}` });
  }
  return measures;
});

/** An integer of any length, kept as text where it may pass the 38 digits that the table keeps. */
const longInteger = z.string().regex(/^-?\d+$/).transform((value) => BigInt(value));

/** A profile's head as it is stored. */
export const headSchema: z.ZodType<ProfileHead> = z.object({
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  month: z.string(),
  version: z.int().positive(),
  status: z.enum(['PROVISIONAL', 'FINAL', 'CORRECTED']),
  fingerprint: z.string(),
  asOf: z.string(),
  priceBookId: z.string().exactOptional(),
  totals: measuresSchema,
  platformTotals: measuresSchema,
});

/** A usage line as it is stored. */
export const lineSchema: z.ZodType<UsageLine> = z.object({
  key: z.string(),
  owner: z.enum(['BREAKOUT', 'PLATFORM']),
  category: z.enum(usageCategories),
  service: z.string(),
  dimension: z.string(),
  month: z.string(),
  periodStart: z.string(),
  periodEnd: z.string(),
  source: z.string(),
  watermark: z.string(),
  quantity: z.object({ amount: integer, unit: z.string() }).exactOptional(),
  billable: z.object({ numerator: longInteger, denominator: longInteger, unit: z.string() }).exactOptional(),
  rate: z
    .object({
      sku: z.string(),
      rateCode: z.string(),
      usageType: z.string(),
      usdPerUnit: z.string(),
      unit: z.string(),
      effectiveDate: z.string(),
      priceBookId: z.string(),
    })
    .exactOptional(),
  nanoUsd: integer.exactOptional(),
  unpriced: z.string().exactOptional(),
  rounding: z.string().exactOptional(),
  notes: z.array(z.string()),
  points: z.array(z.string()),
  adds: measuresSchema,
});
