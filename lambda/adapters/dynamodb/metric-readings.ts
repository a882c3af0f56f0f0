import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { MetricReading, MetricReadings } from '../../domain/usage/metric-readings.ts';
import { attempted } from './attempted.ts';
import type { Condition } from './expressions.ts';
import type { Table } from './table.ts';
import { seriesText, seriesTextSchema } from './series-text.ts';

const seriesSchema = z.object({
  region: z.string(),
  metric: z.object({ namespace: z.string(), name: z.string(), dimensions: z.record(z.string(), z.string()), scale: z.number().exactOptional() }),
  from: z.number(),
  values: seriesTextSchema,
  isComplete: z.boolean(),
  refused: z.array(z.number()).exactOptional(),
});

/** An item whose turn was taken and whose reading is still to come has no series. */
const readingSchema: z.ZodType<Partial<MetricReading>> = z.object({ readAt: z.number().exactOptional(), series: z.array(seriesSchema).exactOptional() });

const hasTurn = (notBefore: number): Condition => ({
  expression: 'attribute_not_exists(#claimedAt) OR #claimedAt <= :notBefore',
  names: { '#claimedAt': 'claimedAt' },
  values: { ':notBefore': notBefore },
});

const stamp = { type: 'MetricReading', schemaVersion: 1 };

/** Keeps readings in the one table: `dynamodb:GetItem`, `UpdateItem`. The text of a day's minutes is about 10 KB a metric. */
export const dynamoDbMetricReadings = (table: Table): MetricReadings => ({
  get: async (breakoutId) => {
    const { readAt, series } = readingSchema.parse((await table.get(itemKey.showMetrics(breakoutId))) ?? {});
    return readAt === undefined || series === undefined ? undefined : { readAt, series };
  },
  keep: async (breakoutId, { readAt, series }) => {
    const stored = series.map((one) => ({ ...one, values: seriesText(one.values) }));
    await table.update(itemKey.showMetrics(breakoutId), { set: { ...stamp, readAt, series: stored } });
  },
  claim: (breakoutId, at, notBefore) => attempted(table.update(itemKey.showMetrics(breakoutId), { set: { ...stamp, claimedAt: at } }, hasTurn(notBefore))),
});
