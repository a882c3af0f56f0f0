import * as z from 'zod';
import { decimalSchema, integerSchema } from './usage-fields.ts';
import { usageLineSchema } from './usage.ts';
import { pageOf, timeSchema } from './fields.ts';

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a UTC month such as 2026-11');

/** Query of the usage series: by day and category unless told; of `month`, or of a range with both ends, or of what each level has by itself. */
export const usageSeriesQuerySchema = z.object({
  by: z.enum(['hour', 'day', 'month']).default('day'),
  of: z.enum(['category', 'service', 'geography']).default('category'),
  month: monthSchema.exactOptional(),
  from: timeSchema.exactOptional(),
  to: timeSchema.exactOptional(),
});

const wholePlatform = 'the platform is told of by month and category: ask an account, an event or a breakout for more';

/** Query of the platform's series: by month and category alone, which is one item a month whatever the number of accounts. */
export const platformUsageSeriesQuerySchema = usageSeriesQuerySchema.extend({
  by: z.literal('month', wholePlatform).default('month'),
  of: z.literal('category', wholePlatform).default('category'),
});

/** The answer of `getBreakoutUsageSeries`, `getEventUsageSeries`, `getAccountUsageSeries` and `getPlatformUsageSeries`: steps in which something was used, by time and group. */
export const usageSeriesSchema = z.object({
  by: z.enum(['hour', 'day', 'month']),
  of: z.enum(['category', 'service', 'geography']),
  /** The range that was asked for; null = all months. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  items: z.array(
    z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      /** A category, a service or a price geography; null = of no place. */
      group: z.string().nullable(),
      /** In the category's own unit; null where a group is no category, or has no quantity. */
      measured: z.object({ amount: decimalSchema, unit: z.string() }).nullable(),
      usd: decimalSchema,
      chargeUsd: decimalSchema,
    }),
  ),
  /** Of the items, exactly. */
  totalUsd: decimalSchema,
  totalChargeUsd: decimalSchema,
});

/** Query of getBreakoutUsagePoints: the newest month and version unless told. */
export const usagePointsQuerySchema = z.object({
  line: z.string('name a line of /usage/lines by its key').min(1).max(500),
  month: monthSchema.exactOptional(),
  version: z.coerce.number('expected a version such as 2').int().min(1).max(999_999).exactOptional(),
});

/** Query of getPlatformUsagePoints: of the present month and its newest version unless told. */
export const overheadPointsQuerySchema = usagePointsQuerySchema.extend({
  ownerId: z.string('name what the line is for by the ownerId of /platform/usage/lines').min(1).max(200),
});

/** What was so for a time: bytes that were held, a channel that ran, an output that was made. */
const intervalSchema = z.object({
  from: z.iso.datetime(),
  /** Null: nobody has said when it ends. */
  to: z.iso.datetime().nullable(),
  amount: integerSchema,
  /** `bytes` and `channels` count for as long as they were there, `milliseconds` as such. */
  unit: z.enum(['bytes', 'channels', 'milliseconds']),
  /** How many objects the bytes are of: each is a write where it began. */
  objects: z.int().optional(),
  note: z.string().optional(),
});

/** The answer of `getBreakoutUsagePoints` and `getPlatformUsagePoints`: a line, and the raw points or intervals that it comes from, as the source gave them. */
export const usagePointsSchema = z.object({
  month: z.string(),
  version: z.int().positive(),
  line: usageLineSchema,
  series: z.array(
    z.object({
      name: z.string(),
      from: z.iso.datetime(),
      /** 0 where there are intervals in place of values. */
      periodSeconds: z.number(),
      /** Null where the source has no point, which is not 0. */
      values: z.array(integerSchema.nullable()),
      intervals: z.array(intervalSchema).optional(),
      /** Of the values in the line's period; of intervals what they come to in it: bytes × milliseconds, milliseconds, objects of a line of requests. */
      sum: integerSchema,
    }),
  ),
});

/** The answer of `listAccountUsageLines` and `listPlatformUsageLines`: what no breakout caused, by what it is for. */
export const ownUsageLinesSchema = pageOf(usageLineSchema.extend({ ownerId: z.string() }));
