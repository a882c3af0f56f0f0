import * as z from 'zod';
import { itemKey, listKey } from '../../contract/table-keys.ts';
import type { HeldBytes } from '../../domain/recordings/stored-intervals.ts';
import type { DueHolding, Holding, HoldingStore } from '../../domain/usage/accrual/holding.ts';
import { isoTime } from '../../domain/usage/calendar-month.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { heldBytesSchema, packHeld } from './held-bytes.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

/** Intervals once were a text of tuples. */
const heldSchema = z
  .tuple([z.number(), z.string().regex(/^\d+$/), z.int().positive(), z.number().nullable(), z.number().nullable()], z.enum(['FOUND', 'GONE']))
  .transform(([storedAt, bytes, objects, removedAt, coldAt, inventoried]): HeldBytes => ({
    storedAt,
    bytes: BigInt(bytes),
    objects,
    ...(removedAt === null ? {} : { removedAt }),
    ...(coldAt === null ? {} : { transition: { storageClass: 'STANDARD_IA' as const, at: coldAt } }),
    ...(inventoried === undefined ? {} : { inventoried }),
  }));

const storedSchema = z.union([heldBytesSchema, z.string().transform((text) => z.array(heldSchema).parse(JSON.parse(text)))]);

const schema: z.ZodType<Holding> = z.object({
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  region: z.string(),
  since: z.number(),
  places: z.array(z.object({ place: z.enum(['archive', 'recordings']), bucket: z.string(), stored: storedSchema })),
  bookedUntil: z.number(),
  revision: z.int().positive(),
});

const codec = itemCodec('Holding', 2, schema, { 1: (item) => item });

const keyOfDue = ({ breakoutId, lookAt }: DueHolding) => listKey.accruing(isoTime(lookAt), breakoutId);

const dueSchema = z.object({ GSI1SK: z.string() }).transform(({ GSI1SK }): DueHolding => {
  const [lookAt = '', breakoutId = ''] = GSI1SK.split('#');
  return { breakoutId, lookAt: Date.parse(lookAt) };
});

/** Keeps holdings in the one table: `dynamodb:GetItem`, `PutItem`, and `Query` of the list index. */
export const dynamoDbHoldingStore = (table: Table): HoldingStore => ({
  get: async (breakoutId) => {
    const item = await table.get(itemKey.holding(breakoutId));
    return item && codec.decode(item);
  },
  save: (holding, lookAt) => {
    const { breakoutId, revision, places } = holding;
    const item = { ...codec.encode(holding), places: places.map((place) => ({ ...place, stored: packHeld(place.stored) })), ...itemKey.holding(breakoutId) };
    const listed = lookAt === undefined ? item : { ...item, ...keyOfDue({ breakoutId, lookAt }) };
    return attempted(table.put(listed, revision === 1 ? isAbsent : equals('revision', revision - 1)));
  },
  due: async (at, limit, after) => {
    const { GSI1PK: partition, GSI1SK: before } = listKey.accruing(isoTime(at), '\uffff');
    const items = await table.query({ partition, inListIndex: true, before, limit, ...(after === undefined ? {} : { after: keyOfDue(after).GSI1SK }) });
    return items.map((item) => dueSchema.parse(item));
  },
});
