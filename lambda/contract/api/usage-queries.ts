import * as z from 'zod';
import { pageQuerySchema } from './fields.ts';
import { usagePeriodSchema } from './usage.ts';

/** Query of getBreakoutUsage, getEventUsage and getAccountUsage. */
export const usageQuerySchema = z.object({ period: usagePeriodSchema.default('TOTAL') });

/** Query of listBreakoutUsageLines: the newest month with usage unless told. */
export const usageLinesQuerySchema = pageQuerySchema.extend({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a UTC month such as 2026-11').exactOptional(),
});
