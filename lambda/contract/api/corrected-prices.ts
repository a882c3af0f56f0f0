import * as z from 'zod';
import { decimalSchema } from './usage-fields.ts';

/** Body of correctBreakoutPrices, correctEventPrices and correctAccountPrices. */
export const correctPricesBodySchema = z.strictObject({
  /** The UTC month whose usage was rated with wrong prices. */
  month: z.string('expected a UTC month such as 2026-11').max(20),
  /** The id of the price book that it should be rated with; it has a price for every line that has one now. */
  priceBook: z.string('expected the id of a price book: GET /price-books lists them').min(1).max(100),
});

const bookedSchema = z.object({ version: z.int().positive(), priceBookId: z.string().nullable(), usd: decimalSchema, chargeUsd: decimalSchema });

const moneySchema = z.object({ usd: decimalSchema, chargeUsd: decimalSchema });

/** Answer of correctBreakoutPrices: the month as it was and as it is booked now; the same when it had these prices already. */
export const correctedPricesBodySchema = z.object({
  breakoutId: z.string(),
  month: z.string(),
  status: z.enum(['PROVISIONAL', 'FINAL', 'CORRECTED']),
  was: bookedSchema,
  is: bookedSchema,
  /** Signed: what it costs and is charged more; billed in the first month from this one on that is open. */
  difference: moneySchema,
});

/** Answer of correctEventPrices and correctAccountPrices: every breakout with usage in the month, and the sum of their differences. */
export const correctedLevelBodySchema = z.object({ month: z.string(), breakouts: z.array(correctedPricesBodySchema), difference: moneySchema });
