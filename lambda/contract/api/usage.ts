import * as z from 'zod';
import { pageOf } from './fields.ts';
import { categoriesSchema, categoryNames, decimalSchema as decimal, integerSchema as integer, statesSchema } from './usage-fields.ts';

/** A month (`2026-11`, UTC), or `TOTAL` for all of them. */
export const usagePeriodSchema = z.string().regex(/^(TOTAL|\d{4}-(0[1-9]|1[0-2]))$/, 'expected TOTAL or a UTC month such as 2026-11');

/** A level's usage: money is rounded half-even per line to 10^-9 USD; GB are 2^30 bytes. */
const usageViewSchema = z.object({
  /** NONE while nothing is booked; ESTIMATED while the show is on the air, and until it is measured. */
  status: z.enum(['NONE', 'ESTIMATED', 'PROVISIONAL', 'FINAL', 'CORRECTED']),
  asOf: z.iso.datetime().nullable(),
  states: statesSchema,
  categories: categoriesSchema,
  /** What has been held since storage was booked, computed when it is read: not in the categories' amounts. Null when nothing is held on. */
  accruing: z
    .object({
      bytes: integer,
      gigabytes: decimal,
      byteMilliseconds: integer,
      gigabyteMonths: decimal,
      until: z.iso.datetime(),
      /** What it comes to up to then, and each day that it goes on: an estimate, because it is rounded once when it is booked. Null where no price is known. */
      estimated: z.object({ usd: decimal.nullable(), usdPerDay: decimal.nullable(), chargeUsd: decimal.nullable(), chargeUsdPerDay: decimal.nullable() }),
    })
    .nullable(),
  /** What an account's monthly minimum adds to the categories' charges. */
  minimumChargeUsd: decimal.nullable(),
  /** What it costs at AWS's list prices. */
  totalUsd: decimal,
  /** What the customer pays by the account's price terms. */
  totalChargeUsd: decimal,
  /** How many lines have no charge because the price list had not exactly one rate for them; `usage/lines` says why. */
  unpriced: z.array(z.object({ category: z.enum(categoryNames), lines: integer })),
});

/** The usage of a level in a period. */
export const usageSchema = usageViewSchema.extend({
  period: usagePeriodSchema,
  /** The past moment at which this was known; null = now. */
  at: z.iso.datetime().nullable(),
});

/** Where numbers of a category were read: what time of which source, and up to when it had been read. */
const sourceSchema = z.object({
  category: z.enum([...categoryNames, 'minimum']),
  source: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  watermark: z.iso.datetime(),
  /** Logged over total bytes for delivery. */
  completeness: decimal.nullable(),
  hasData: z.boolean(),
  notes: z.array(z.string()),
});

const sourcesSchema = z.array(sourceSchema);

/** What shows on the air have used, in no booked number: the sum, and each show. Null for months that are over, and for past moments. */
const runningSchema = z
  .object({
    usage: usageViewSchema,
    shows: z.array(z.object({ breakoutId: z.string(), eventId: z.string(), accountId: z.string(), title: z.string(), usage: usageViewSchema, sources: sourcesSchema })),
  })
  .nullable();

/** The answer of `getBreakoutUsage`. */
export const breakoutUsageSchema = usageSchema.extend({ breakoutId: z.string(), sources: sourcesSchema });

/** The answer of `getEventUsage`. */
export const eventUsageSchema = usageSchema.extend({ eventId: z.string(), running: runningSchema });

/** The answer of `getAccountUsage`. */
export const accountUsageSchema = usageSchema.extend({ accountId: z.string(), running: runningSchema });

/** The answer of `getPlatformUsage`: accounts + overheads = the platform. */
export const platformUsageSchema = usageSchema.extend({
  accounts: usageViewSchema,
  overheads: usageViewSchema,
  /** Events and breakouts are null where there are too many to count. */
  counts: z.object({ accounts: z.int(), events: z.int().nullable(), breakouts: z.int().nullable(), pipelines: z.int() }),
  running: runningSchema,
});

/** The answer of `listEventUsageChildren`, `listAccountUsageChildren` and `listPlatformUsageChildren`. */
export const usageChildrenSchema = pageOf(z.object({ id: z.string(), name: z.string(), rank: z.int().positive().nullable(), usage: usageViewSchema }));

/** One measured quantity with its charge and how it was derived. */
export const usageLineSchema = z.object({
  key: z.string(),
  /** PLATFORM: shown with the breakout, borne by the platform. ACCOUNT: what no breakout caused. */
  owner: z.enum(['BREAKOUT', 'ACCOUNT', 'PLATFORM']),
  category: z.enum([...categoryNames, 'minimum']),
  service: z.string(),
  dimension: z.string(),
  month: z.string(),
  periodStart: z.iso.datetime(),
  periodEnd: z.iso.datetime(),
  source: z.string(),
  watermark: z.iso.datetime(),
  /** Absent when the source has no data. */
  quantity: z.object({ amount: integer, unit: z.string() }).optional(),
  /** What the line is rated by: any price book can rate it again. */
  basis: z.object({ criteria: z.looseObject({ kind: z.string(), what: z.string() }), base: integer, perUnit: integer }).optional(),
  /** The exact billable quantity in the price's unit, as a fraction: `61/60`. */
  billable: z.object({ amount: z.string().regex(/^-?\d+(\/\d+)?$/), unit: z.string() }).optional(),
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
    .optional(),
  /** What counts towards the volume tiers of the SKU: base units, and how many make one unit of the price. */
  metered: z.object({ sku: z.string(), base: integer, perUnit: integer }).optional(),
  /** What AWS lists for it. Absent when the line has no cost of its own, or is unpriced. */
  usd: decimal.optional(),
  /** What the customer pays for it by the account's price terms. */
  chargeUsd: decimal.optional(),
  /** How the charge came from price terms; absent when the customer pays what it costs. */
  chargedBy: z.string().optional(),
  unpriced: z.string().optional(),
  rounding: z.string().optional(),
  /** What the line is of goes on by itself. */
  accrues: z.literal(true).optional(),
  notes: z.array(z.string()),
  /** Names of the raw series that the quantity comes from: `/usage/points` has them. */
  points: z.array(z.string()),
});

/** The answer of `listBreakoutUsageLines`: of one month, by key. `nextCursor` asks for the next page. */
export const usageLinesSchema = z.object({ items: z.array(usageLineSchema), nextCursor: z.string().nullable() });

/** What an hour of a pipeline costs at list prices: `usdPerHour` is the sum of the items that have a price. */
const hourlyCostSchema = z.object({
  usdPerHour: decimal,
  items: z.array(z.object({ what: z.string(), count: z.int().positive(), usdPerHour: z.string().optional(), unpriced: z.string().optional() })),
});

/** USD an hour of a pipeline, running and idle. */
export const hourlyRatesSchema = z.object({ priceBookId: z.string().nullable(), running: hourlyCostSchema, idle: hourlyCostSchema });

/** The same of a Cam pipeline; on top of what its stream costs comes what each viewer's hour does, by where they are and by the class of the rendition. */
export const camHourlyRatesSchema = z.object({
  ...hourlyRatesSchema.shape,
  viewerHour: z.array(z.object({ geography: z.string(), outputClass: z.enum(['SD', 'HD', 'FULL_HD']), what: z.string(), usdPerHour: z.string().optional(), unpriced: z.string().optional() })),
});

/** A version of a breakout's usage in a month. */
const versionSchema = z.object({
  month: z.string(),
  version: z.int().positive(),
  status: z.enum(['PROVISIONAL', 'FINAL', 'CORRECTED']),
  asOf: z.iso.datetime(),
  priceBookId: z.string().nullable(),
  priceTermsId: z.string().nullable(),
  /** OPEN while storage of the month is held on; null when nothing of it accrues. */
  accrual: z.enum(['OPEN', 'CLOSED']).nullable(),
  totalUsd: decimal,
  totalChargeUsd: decimal,
});

/** The answer of `listBreakoutUsageVersions`: by month, each from the first on. */
export const usageVersionsSchema = pageOf(versionSchema);

/** A signed exact decimal: `+0.034`. */
const signedSchema = z.string().regex(/^[+-]?\d+(\.\d+)?$/);

/** The answer of `compareBreakoutUsageVersions`. */
export const usageDifferenceSchema = z.object({
  breakoutId: z.string(),
  month: z.string(),
  from: versionSchema,
  to: versionSchema,
  usd: signedSchema,
  chargeUsd: signedSchema,
  /** The whole in one sentence. */
  words: z.string(),
  lines: z.array(
    z.object({
      key: z.string(),
      change: z.enum(['ADDED', 'REMOVED', 'CHANGED']),
      what: z.string(),
      was: usageLineSchema.nullable(),
      is: usageLineSchema.nullable(),
      usd: signedSchema,
      chargeUsd: signedSchema,
      words: z.string(),
    }),
  ),
});
