import * as z from 'zod';
import { answeredTimeSchema, pageOf } from './fields.ts';
import { usageSchema } from './usage.ts';
import { decimalSchema } from './usage-fields.ts';

const { categories, minimumChargeUsd, totalUsd, totalChargeUsd, unpriced } = usageSchema.shape;

/** What a month bills of a charge period that was closed before: the difference of one version to the one before it. */
const correctionSchema = z.object({
  bookedAt: answeredTimeSchema,
  /** The UTC month that the usage is of. */
  chargeMonth: z.string(),
  /** Null for lines of the account's own. */
  breakoutId: z.string().nullable(),
  eventId: z.string().nullable(),
  /** What lines of the account's own are for; null for a breakout's. */
  purpose: z.string().nullable(),
  version: z.int().positive(),
  usd: decimalSchema,
  chargeUsd: decimalSchema,
});

/** What an account is billed in a UTC month: `closeMonth` and `getMonth` answer it. */
export const monthBodySchema = z.object({
  accountId: z.string(),
  month: z.string(),
  /** CLOSED: nothing of it changes any more; what differs later is billed in the first month that is open. */
  status: z.enum(['OPEN', 'CLOSED']),
  closedAt: answeredTimeSchema.nullable(),
  asOf: answeredTimeSchema.nullable(),
  categories,
  minimumChargeUsd,
  totalUsd,
  totalChargeUsd,
  unpriced,
  /** Contained in the totals; oldest first. */
  corrections: pageOf(correctionSchema),
});
