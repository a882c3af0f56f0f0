import * as z from 'zod';
import { pageQuerySchema, timeSchema } from './fields.ts';
import { usagePeriodSchema } from './usage.ts';

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a UTC month such as 2026-11');

const versionSchema = z.coerce.number('expected a version such as 2').int().min(1).max(999_999);

/** Query of getBreakoutUsage, getEventUsage, getAccountUsage and getPlatformUsage: of all months, as it is known now, unless told. */
export const usageQuerySchema = z.object({ period: usagePeriodSchema.default('TOTAL'), at: timeSchema.exactOptional() });

/** Query of listBreakoutUsageLines: the newest month with usage unless told; of listAccountUsageLines and listPlatformUsageLines: the present month. */
export const usageLinesQuerySchema = pageQuerySchema.extend({ month: monthSchema.exactOptional() });

/** Query of listBreakoutUsageVersions: of all months unless told. */
export const usageVersionsQuerySchema = pageQuerySchema.extend({ month: monthSchema.exactOptional() });

/** Query of compareBreakoutUsageVersions: the newest month with usage, and its newest version with the one before, unless told. */
export const usageDifferenceQuerySchema = z.object({ month: monthSchema.exactOptional(), from: versionSchema.exactOptional(), to: versionSchema.exactOptional() });

/** Query of the usage of children: of all months, who is charged most first, unless told. */
export const usageChildrenQuerySchema = pageQuerySchema.extend({ period: usagePeriodSchema.default('TOTAL'), order: z.enum(['charge', 'created']).default('charge') });
