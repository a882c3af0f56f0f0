import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { camChannelTypes, camOutputClasses } from '../../domain/pricing/cam-rates.ts';
import type { CamOverheadDay, CamOverheadDays } from '../../domain/usage/overheads/cam-overhead-day.ts';
import type { KnownPipeline, KnownPipelines } from '../../domain/usage/overheads/known-pipelines.ts';
import type { OverheadDay, OverheadDays } from '../../domain/usage/overheads/overhead-day.ts';
import type { ChannelClasses } from '../../domain/usage/overheads/unheld-runs.ts';
import { encodeLogRows, parseLogRows } from './delivery-log-rows.ts';
import { itemCodec } from './item-codec.ts';
import type { Item, Table } from './table.ts';
import { integer } from './usage-schemas.ts';

const amountsSchema = z.object({ bytes: integer, requests: integer });

const classesSchema: z.ZodType<ChannelClasses> = z.object({
  channelClass: z.enum(['SINGLE_PIPELINE', 'STANDARD']),
  inputs: z.array(z.object({ name: z.string(), codec: z.enum(['MPEG2', 'AVC', 'HEVC']), resolution: z.enum(['SD', 'HD', 'UHD']), maximumBitrate: z.enum(['MAX_10_MBPS', 'MAX_20_MBPS', 'MAX_50_MBPS']) })),
  outputs: z.array(z.object({ name: z.string(), codec: z.enum(['AVC', 'HEVC']), widthPixels: z.number(), heightPixels: z.number(), bitsPerSecond: z.number(), framesPerSecond: z.number() })),
});

const daySchema: z.ZodType<OverheadDay> = z.object({
  purpose: z.string(),
  day: z.string(),
  region: z.string(),
  distributionId: z.string(),
  total: amountsSchema,
  attributed: amountsSchema,
  rows: z.string().transform(parseLogRows),
  idle: z.object({ channelMilliseconds: integer, inputMilliseconds: integer }).exactOptional(),
  unheld: z.object({ milliseconds: integer, billableMinutes: integer, channel: classesSchema.exactOptional() }).exactOptional(),
  isComplete: z.boolean(),
  countedAt: z.number(),
});

const dayCodec = itemCodec('OverheadDay', 1, daySchema);

/** All items of a purpose and month, by day. */
const daysOf = (table: Pick<Table, 'query'>, purpose: string, month: string): Promise<readonly Item[]> => {
  const { PK: partition, SK: prefix } = itemKey.overheadDay(purpose, `${month}-`);
  return table.query({ partition, prefix });
};

/** Keeps days of overheads in the one table: `dynamodb:GetItem`, `PutItem` and `Query`. */
export const dynamoDbOverheadDays = (table: Pick<Table, 'get' | 'put' | 'query'>): OverheadDays => ({
  keep: (day) => table.put({ ...dayCodec.encode(day), rows: encodeLogRows(day.rows), ...itemKey.overheadDay(day.purpose, day.day) }),
  get: async (purpose, day) => {
    const item = await table.get(itemKey.overheadDay(purpose, day));
    return item && dayCodec.decode(item);
  },
  month: async (purpose, month) => (await daysOf(table, purpose, month)).map((item) => dayCodec.decode(item)),
});

const outputClass = z.enum(camOutputClasses);

const camDaySchema: z.ZodType<CamOverheadDay> = z.object({
  purpose: z.string(),
  day: z.string(),
  region: z.string(),
  channelArn: z.string(),
  channelType: z.enum(camChannelTypes),
  streamedMilliseconds: integer,
  inputMilliseconds: integer,
  minutesBySessions: z.int().nonnegative(),
  deliveredMilliseconds: integer.nullable(),
  deliveredByCountry: z.array(z.object({ country: z.string(), milliseconds: integer })),
  classes: z.object({ highest: outputClass, lowest: outputClass }),
  isComplete: z.boolean(),
  countedAt: z.number(),
});

const camDayCodec = itemCodec('CamOverheadDay', 1, camDaySchema);

/** Keeps days of what Cam pipelines streamed for nobody in the one table: `dynamodb:GetItem`, `PutItem` and `Query`. */
export const dynamoDbCamOverheadDays = (table: Pick<Table, 'get' | 'put' | 'query'>): CamOverheadDays => ({
  keep: (day) => table.put({ ...camDayCodec.encode(day), ...itemKey.overheadDay(day.purpose, day.day) }),
  get: async (purpose, day) => {
    const item = await table.get(itemKey.overheadDay(purpose, day));
    return item && camDayCodec.decode(item);
  },
  month: async (purpose, month) => (await daysOf(table, purpose, month)).map((item) => camDayCodec.decode(item)),
});

const known = { pipelineId: z.string(), region: z.string(), knownSince: z.number(), lastSeenAt: z.number() };

const pipelineSchema: z.ZodType<KnownPipeline> = z.discriminatedUnion('kind', [
  z.object({ ...known, kind: z.literal('PRO'), distributionId: z.string(), pushInputs: z.int().nonnegative(), channel: classesSchema.exactOptional() }),
  z.object({ ...known, kind: z.literal('CAM'), channelArn: z.string(), channelType: z.enum(camChannelTypes) }),
]);

// Of version 1 are Pro pipelines alone.
const pipelineCodec = itemCodec('KnownPipeline', 2, pipelineSchema, { 1: (item) => ({ ...item, kind: 'PRO' }) });

/** Remembers pipelines in the one table: `dynamodb:UpdateItem` and `Query`. */
export const dynamoDbKnownPipelines = (table: Pick<Table, 'update' | 'query'>): KnownPipelines => ({
  see: async (pipeline) => {
    const set = { ...pipeline, type: 'KnownPipeline', schemaVersion: 2 };
    await table.update(itemKey.knownPipeline(pipeline.pipelineId), { set, setOnce: { knownSince: pipeline.lastSeenAt } });
  },
  list: async () => {
    const { PK: partition, SK: prefix } = itemKey.knownPipeline('');
    return (await table.query({ partition, prefix })).map((item) => pipelineCodec.decode(item));
  },
});
