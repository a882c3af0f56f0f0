import * as z from 'zod';
import { lineCategories, measureNames, type Measure, type Measures } from '../../domain/usage/measures.ts';
import type { MeteredTotals } from '../../domain/usage/metered-totals.ts';
import type { ProfileOwner } from '../../domain/usage/profile-owner.ts';
import type { LedgerEntry, OpenProfile } from '../../domain/usage/usage-ledger.ts';
import type { RawInterval, UsageLine } from '../../domain/usage/usage-line.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { rateCriteriaSchema } from './rate-criteria-schema.ts';

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

/** Whose a profile is, as it is stored. */
const ownerSchema: z.ZodType<ProfileOwner> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('BREAKOUT'), breakoutId: z.string(), eventId: z.string(), accountId: z.string() }),
  z.object({ kind: z.literal('ACCOUNT'), accountId: z.string(), purpose: z.string() }),
  z.object({ kind: z.literal('PLATFORM'), purpose: z.string() }),
]);

const statusSchema = z.enum(['PROVISIONAL', 'FINAL', 'CORRECTED']);

/** Base units by `<sku>/<perUnit>`. */
export const meteredSchema: z.ZodType<MeteredTotals> = z.record(z.string(), integer);

/** A profile's head as it is stored. */
export const headSchema: z.ZodType<ProfileHead> = z.object({
  owner: ownerSchema,
  month: z.string(),
  version: z.int().positive(),
  status: statusSchema,
  fingerprint: z.string(),
  settledFingerprint: z.string(),
  asOf: z.string(),
  priceBookId: z.string().exactOptional(),
  priceTermsId: z.string().exactOptional(),
  accrual: z.enum(['OPEN', 'CLOSED']).exactOptional(),
  totals: measuresSchema,
  platformTotals: measuresSchema,
  metered: meteredSchema,
  platformMetered: meteredSchema,
});

/** An entry of the ledger as it is stored. */
export const entrySchema: z.ZodType<LedgerEntry> = z.object({
  bookedAt: z.string(),
  owner: ownerSchema,
  month: z.string(),
  billingMonth: z.string().exactOptional(),
  version: z.int().positive(),
  status: statusSchema,
  difference: measuresSchema,
  platformDifference: measuresSchema,
  meteredDifference: meteredSchema,
  platformMeteredDifference: meteredSchema,
  priceBookId: z.string().exactOptional(),
  priceTermsId: z.string().exactOptional(),
});

/** What a billing month waits for, as it is stored. */
export const openProfileSchema: z.ZodType<OpenProfile> = z.object({ owner: ownerSchema, month: z.string(), status: statusSchema });

/** A usage line as it is stored. */
export const lineSchema: z.ZodType<UsageLine> = z.object({
  key: z.string(),
  owner: z.enum(['BREAKOUT', 'ACCOUNT', 'PLATFORM']),
  category: z.enum(lineCategories),
  service: z.string(),
  dimension: z.string(),
  month: z.string(),
  periodStart: z.string(),
  periodEnd: z.string(),
  source: z.string(),
  watermark: z.string(),
  quantity: z.object({ amount: integer, unit: z.string() }).exactOptional(),
  basis: z.object({ criteria: rateCriteriaSchema, base: longInteger, perUnit: longInteger }).exactOptional(),
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
  metered: z.object({ sku: z.string(), base: integer, perUnit: integer }).exactOptional(),
  nanoUsd: integer.exactOptional(),
  chargeNanoUsd: integer.exactOptional(),
  chargedBy: z.string().exactOptional(),
  unpriced: z.string().exactOptional(),
  rounding: z.string().exactOptional(),
  accrues: z.literal(true).exactOptional(),
  notes: z.array(z.string()),
  points: z.array(z.string()),
  adds: measuresSchema,
});

/** What was so for a time, as a version keeps it. */
export const rawIntervalSchema: z.ZodType<RawInterval> = z.object({
  from: z.string(),
  to: z.string().nullable(),
  amount: z.string(),
  unit: z.enum(['bytes', 'channels', 'milliseconds']),
  objects: z.number().exactOptional(),
  note: z.string().exactOptional(),
});
