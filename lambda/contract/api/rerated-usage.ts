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

/** Query of reratePlatformUsage: the present month unless told; by the terms that usage is booked with. */
export const reratePlatformQuerySchema = z.object({ priceBook: reratedQuery.priceBook, month: reratedQuery.month });

/** Query of reratePlatformUsageLines, likewise. */
export const rerateOverheadLinesQuerySchema = pageQuerySchema.extend(reratePlatformQuerySchema.shape);

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

const explainedPriceSchema = priceSchema.extend({
  /** How it comes to it: the month's quantity, its tiers, the share. */
  explained: z.array(z.string()),
});

/** What an account, or the platform, bears itself of a month: volume tiers and minimums. */
const ownLinesSchema = z.object({
  /** BOOKED, DUE: something was booked in the month that they follow within the hour; NOT_YET: the month has none so far, and they are not compared. */
  state: z.enum(['BOOKED', 'DUE', 'NOT_YET']),
  /** Why the other book has no volume tiers for the month; null when it has. */
  impossible: z.string().nullable(),
  /** All of them, as booked and as they would be. UNPRICED: what it would be is not known, `is.unpriced` says why. */
  lines: z.array(
    lineSchema.extend({
      /** What it is for: `acc_…/tier-adjustment`, `acc_…/minimum`, `platform/tier-adjustment`. */
      ownerId: z.string(),
      was: explainedPriceSchema.nullable(),
      is: explainedPriceSchema.nullable(),
    }),
  ),
});

const profileSchema = sumSchema.extend({
  /** A breakout's id, or what an account's or the platform's own lines are for: `acc_…/tier-adjustment`, `platform/pipeline/…`. */
  ownerId: z.string(),
  breakoutId: z.string().nullable(),
  /** Null for own lines that are not booked. */
  version: z.int().positive().nullable(),
  booked: z.object({ priceBookId: z.string().nullable(), priceTermsId: z.string().nullable() }),
  priceTermsId: z.string().nullable(),
});

/** The answer of `rerateEventUsage` and `rerateAccountUsage`: profiles, own lines among them, sum to the whole. */
export const reratedLevelSchema = sumSchema.extend({
  eventId: z.string().optional(),
  accountId: z.string(),
  month: z.string(),
  priceBookId: z.string(),
  profiles: z.array(profileSchema),
  /** Null for an event, which has none. */
  ownLines: ownLinesSchema.nullable(),
});

/** The answer of `reratePlatformUsage`: accounts and overheads sum to the whole. */
export const reratedPlatformSchema = sumSchema.extend({
  month: z.string(),
  priceBookId: z.string(),
  accounts: z.array(sumSchema.extend({ accountId: z.string(), shows: z.int(), ownLines: ownLinesSchema })),
  overheads: sumSchema.extend({
    /** By what they are for, own lines among them. */
    profiles: z.array(profileSchema),
    /** What the platform bears in breakouts' usage: with the profiles, all overheads. */
    ofAccounts: sumSchema,
    ownLines: ownLinesSchema,
  }),
});

/** The answer of `reratePlatformUsageLines`: what the platform bears itself, line by line; sums are of all lines, whatever page is asked for. */
export const reratedOverheadLinesSchema = sumSchema.extend({
  month: z.string(),
  priceBookId: z.string(),
  lines: pageOf(lineSchema.extend({ ownerId: z.string() })),
});
