import * as z from 'zod';
import { pageOf, pageQuerySchema } from './fields.ts';
import { categoryNames, decimalSchema as decimal } from './usage-fields.ts';

const reratedQuery = {
  priceBook: z.string('expected the id of a price book: GET /price-books lists them').min(1).max(100),
  /** A version of the account's price terms, 0 = none; absent = those that the usage is booked with. */
  terms: z.coerce.number('expected a version of price terms such as 2, or 0 for none').int().min(0).max(999_999).exactOptional(),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a UTC month such as 2026-11').exactOptional(),
};

/** Query of rerateBreakoutUsage: the newest month with usage unless told. */
export const rerateBreakoutQuerySchema = pageQuerySchema.extend(reratedQuery);

/** Query of rerateEventUsage and rerateAccountUsage: the present month unless told. */
export const rerateLevelQuerySchema = z.object(reratedQuery);

const moneySchema = z.object({ usd: decimal, chargeUsd: decimal });

/** Cost and charge as booked and by the other prices. Differences are signed: what the other prices make more. */
const sumSchema = z.object({
  was: moneySchema,
  /** Without the lines that the other book has no price for. */
  is: moneySchema,
  /** Over the lines that both price. */
  difference: moneySchema,
  /** False when a line has a price in one of both alone, or money that no book rates: then the difference is of a part. */
  isComplete: z.boolean(),
  /** Lines that have a price in one of both alone. */
  notCompared: z.object({ lines: z.int(), was: moneySchema, is: moneySchema }),
  /** How many lines the other book has not exactly one rate for. */
  unpricedLines: z.int(),
  /** How many lines have money that no book rates, and stay as booked. */
  keptLines: z.int(),
  /** The whole in one sentence. */
  words: z.string(),
});

const priceSchema = z.object({
  usd: decimal.nullable(),
  chargeUsd: decimal.nullable(),
  rate: z.object({ sku: z.string(), rateCode: z.string(), usdPerUnit: z.string(), unit: z.string(), effectiveDate: z.string(), priceBookId: z.string() }).nullable(),
  /** Why there is no price. */
  unpriced: z.string().nullable(),
  chargedBy: z.string().nullable(),
});

const lineSchema = z.object({
  key: z.string(),
  owner: z.enum(['BREAKOUT', 'ACCOUNT', 'PLATFORM']),
  category: z.enum([...categoryNames, 'minimum']),
  what: z.string(),
  /** UNPRICED: the other book has not exactly one rate for it. KEPT: it has money that no book rates. ADDED, REMOVED: by price terms. */
  outcome: z.enum(['SAME', 'CHANGED', 'UNPRICED', 'PRICED', 'ADDED', 'REMOVED', 'KEPT']),
  was: priceSchema.nullable(),
  is: priceSchema.nullable(),
  /** Null where one of both alone has a price. */
  difference: moneySchema.nullable(),
});

/** The answer of `rerateBreakoutUsage`. */
export const reratedBreakoutSchema = sumSchema.extend({
  breakoutId: z.string(),
  month: z.string(),
  version: z.int().positive(),
  /** What the version is booked with. */
  booked: z.object({ priceBookId: z.string().nullable(), priceTermsId: z.string().nullable() }),
  priceBookId: z.string(),
  priceTermsId: z.string().nullable(),
  lines: pageOf(lineSchema),
});

/** The answer of `rerateEventUsage` and `rerateAccountUsage`: profiles sum to the whole. */
export const reratedLevelSchema = sumSchema.extend({
  eventId: z.string().optional(),
  accountId: z.string(),
  month: z.string(),
  priceBookId: z.string(),
  profiles: z.array(
    sumSchema.extend({
      /** A breakout's id, or what an account's own lines are for: `acc_…/tier-adjustment`. */
      ownerId: z.string(),
      breakoutId: z.string().nullable(),
      version: z.int().positive(),
      booked: z.object({ priceBookId: z.string().nullable(), priceTermsId: z.string().nullable() }),
      priceTermsId: z.string().nullable(),
    }),
  ),
});
