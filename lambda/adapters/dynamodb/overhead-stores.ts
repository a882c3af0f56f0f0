import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { KnownPipeline, KnownPipelines } from '../../domain/usage/overheads/known-pipelines.ts';
import type { OverheadDay, OverheadDays } from '../../domain/usage/overheads/overhead-day.ts';
import { encodeLogRows, parseLogRows } from './delivery-log-rows.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';
import { integer } from './usage-schemas.ts';

const amountsSchema = z.object({ bytes: integer, requests: integer });

const daySchema: z.ZodType<OverheadDay> = z.object({
  purpose: z.string(),
  day: z.string(),
  region: z.string(),
  distributionId: z.string(),
  total: amountsSchema,
  attributed: amountsSchema,
  rows: z.string().transform(parseLogRows),
  idle: z.object({ channelMilliseconds: integer, inputMilliseconds: integer }).exactOptional(),
  isComplete: z.boolean(),
  countedAt: z.number(),
});

const dayCodec = itemCodec('OverheadDay', 1, daySchema);

/** Keeps days of overheads in the one table: `dynamodb:GetItem`, `PutItem` and `Query`. */
export const dynamoDbOverheadDays = (table: Pick<Table, 'get' | 'put' | 'query'>): OverheadDays => ({
  keep: (day) => table.put({ ...dayCodec.encode(day), rows: encodeLogRows(day.rows), ...itemKey.overheadDay(day.purpose, day.day) }),
  get: async (purpose, day) => {
    const item = await table.get(itemKey.overheadDay(purpose, day));
    return item && dayCodec.decode(item);
  },
  month: async (purpose, month) => {
    const { PK: partition, SK: prefix } = itemKey.overheadDay(purpose, `${month}-`);
    return (await table.query({ partition, prefix })).map((item) => dayCodec.decode(item));
  },
});

const pipelineSchema: z.ZodType<KnownPipeline> = z.object({
  pipelineId: z.string(),
  region: z.string(),
  distributionId: z.string(),
  pushInputs: z.int().nonnegative(),
  knownSince: z.number(),
  lastSeenAt: z.number(),
});

const pipelineCodec = itemCodec('KnownPipeline', 1, pipelineSchema);

/** Remembers pipelines in the one table: `dynamodb:UpdateItem` and `Query`. */
export const dynamoDbKnownPipelines = (table: Pick<Table, 'update' | 'query'>): KnownPipelines => ({
  see: async (pipeline) => {
    const set = { ...pipeline, type: 'KnownPipeline', schemaVersion: 1 };
    await table.update(itemKey.knownPipeline(pipeline.pipelineId), { set, setOnce: { knownSince: pipeline.lastSeenAt } });
  },
  list: async () => {
    const { PK: partition, SK: prefix } = itemKey.knownPipeline('');
    return (await table.query({ partition, prefix })).map((item) => pipelineCodec.decode(item));
  },
});
