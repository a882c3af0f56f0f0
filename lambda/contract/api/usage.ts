import * as z from 'zod';

/** An integer of any size as a string: bytes, milliseconds, counts. */
const integer = z.string().regex(/^-?\d+$/);

/** An exact decimal as a string: `67.235`. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/** Null where nothing has been measured, which is not 0. */
const integerOrNone = integer.nullable();
const decimalOrNone = decimal.nullable();

const categories = ['streaming', 'packaging', 'delivery', 'conversion', 'storage'] as const;

/** A month (`2026-11`, UTC), or `TOTAL` for all of them. */
export const usagePeriodSchema = z.string().regex(/^(TOTAL|\d{4}-(0[1-9]|1[0-2]))$/, 'expected TOTAL or a UTC month such as 2026-11');

/** Charges are AWS's list prices, rounded half-even per line to 10^-9 USD; GB are 2^30 bytes. */
export const usageSchema = z.object({
  period: usagePeriodSchema,
  /** NONE while nothing is booked. */
  status: z.enum(['NONE', 'PROVISIONAL', 'FINAL', 'CORRECTED']),
  asOf: z.iso.datetime().nullable(),
  /** A category is null while nothing of it has been measured, or when it does not apply. */
  categories: z.object({
    streaming: z.object({ hours: decimalOrNone, runMilliseconds: integerOrNone, billableMinutes: integerOrNone, usd: decimalOrNone }).nullable(),
    packaging: z.object({ ingressBytes: integerOrNone, egressBytes: integerOrNone, gigabytes: decimalOrNone, usd: decimalOrNone }).nullable(),
    delivery: z
      .object({
        /** attributedBytes + unloggedBytes: what the level bears. */
        bytes: integerOrNone,
        gigabytes: decimalOrNone,
        requests: integerOrNone,
        /** By the breakout in the path of logged requests. */
        attributedBytes: integerOrNone,
        /** Of attributedBytes, what previews took: nobody's audience. */
        monitoringBytes: integerOrNone,
        /** What the distributions counted and no log tells of: of the breakout that held them. */
        unloggedBytes: integerOrNone,
        /** Of paths without a breakout while a breakout held the distribution: the platform's, not in `bytes` or `usd`. */
        unattributedBytes: integerOrNone,
        /** The distributions' own total: attributedBytes + unloggedBytes + unattributedBytes, exactly. */
        edgeBytes: integerOrNone,
        edgeRequests: integerOrNone,
        /** Logged over total bytes, 0 to 1; null without traffic. */
        completeness: decimalOrNone,
        usd: decimalOrNone,
      })
      .nullable(),
    conversion: z.object({ minutes: decimalOrNone, milliseconds: integerOrNone, billableSeconds: integerOrNone, usd: decimalOrNone }).nullable(),
    storage: z.object({ bytesHeld: integerOrNone, gigabytes: decimalOrNone, gigabyteMonths: decimalOrNone, usd: decimalOrNone }).nullable(),
  }),
  totalUsd: decimal,
  /** How many lines have no charge because the price list had not exactly one rate for them; `usage/lines` says why. */
  unpriced: z.array(z.object({ category: z.enum(categories), lines: integer })),
});

/** The answer of `getBreakoutUsage`. */
export const breakoutUsageSchema = usageSchema.extend({ breakoutId: z.string() });

/** The answer of `getEventUsage`. */
export const eventUsageSchema = usageSchema.extend({ eventId: z.string() });

/** The answer of `getAccountUsage`. */
export const accountUsageSchema = usageSchema.extend({ accountId: z.string() });

/** One measured quantity with its charge and how it was derived. */
export const usageLineSchema = z.object({
  key: z.string(),
  /** PLATFORM: shown with the breakout, borne by the platform. ACCOUNT: what no breakout caused. */
  owner: z.enum(['BREAKOUT', 'ACCOUNT', 'PLATFORM']),
  category: z.enum([...categories, 'minimum']),
  service: z.string(),
  dimension: z.string(),
  month: z.string(),
  periodStart: z.iso.datetime(),
  periodEnd: z.iso.datetime(),
  source: z.string(),
  watermark: z.iso.datetime(),
  /** Absent when the source has no data. */
  quantity: z.object({ amount: integer, unit: z.string() }).optional(),
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
  unpriced: z.string().optional(),
  rounding: z.string().optional(),
  /** What the line is of goes on by itself. */
  accrues: z.literal(true).optional(),
  notes: z.array(z.string()),
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
