import * as z from 'zod';
import { answeredTimeSchema, timeSchema } from './fields.ts';

const decimal = z.string({ error: 'expected a decimal as a string such as "0.05": numbers are not exact' }).max(20);

/** By category; an absent one is charged what it costs. */
const byCategorySchema = z.strictObject({
  streaming: decimal.exactOptional(),
  packaging: decimal.exactOptional(),
  delivery: decimal.exactOptional(),
  conversion: decimal.exactOptional(),
  storage: decimal.exactOptional(),
});

/** What may be agreed with an account. A category has a mark-up or a flat rate, not both. */
const agreementSchema = z.strictObject({
  /** On top of what AWS lists, in percent: `"15"`. */
  markUpPercent: byCategorySchema.default({}),
  /** USD instead of what it costs: an hour of streaming, a GB of packaging and of delivery, a minute of conversion, a GB-month of storage. Of Cam pipelines an hour of streaming has no viewers in it. */
  flatUsd: byCategorySchema.default({}),
  /** USD for an hour that a viewer of a Cam pipeline is delivered, instead of what it costs. */
  viewerHourUsd: decimal.exactOptional(),
  /** What the account pays for a calendar month at least. */
  monthlyMinimumUsd: decimal.exactOptional(),
  /** What an hour of a running pipeline is charged with beside its usage. */
  pipelineHourUsd: decimal.exactOptional(),
});

/** Body of setPriceTerms: the whole agreement, which takes the place of the one before. */
export const setPriceTermsBodySchema = agreementSchema.extend({
  /** Now or later. @default now */
  effectiveFrom: timeSchema.exactOptional(),
});

/** A version of an account's price terms. */
export const priceTermsBodySchema = agreementSchema.extend({
  termsId: z.string(),
  accountId: z.string(),
  version: z.int().positive(),
  effectiveFrom: answeredTimeSchema,
  setAt: answeredTimeSchema,
  setBy: z.string(),
});

/** Answer of getPriceTerms. */
export const accountTermsBodySchema = z.object({
  accountId: z.string(),
  /** The version that holds now; null = the account pays what its usage costs. */
  inForce: z.string().nullable(),
  /** From the first on. */
  versions: z.array(priceTermsBodySchema),
});
