import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { StrayDay, StrayDays } from '../../domain/usage/inventory/stray-storage.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';
import { integer } from './usage-schemas.ts';

const schema: z.ZodType<StrayDay> = z.object({
  place: z.enum(['archive', 'recordings']),
  day: z.string(),
  bucket: z.string(),
  region: z.string(),
  bytes: integer,
  objects: z.int().nonnegative(),
  someKeys: z.array(z.string()),
  countedAt: z.number(),
});

const codec = itemCodec('StrayDay', 1, schema);

/** Keeps days of what nobody holds in the one table: `dynamodb:PutItem` and `Query`. */
export const dynamoDbStrayDays = (table: Pick<Table, 'put' | 'query'>): StrayDays => ({
  keep: (day) => table.put({ ...codec.encode(day), ...itemKey.strayDay(day.place, day.day) }),
  month: async (place, month) => {
    const { PK: partition, SK: prefix } = itemKey.strayDay(place, `${month}-`);
    return (await table.query({ partition, prefix })).map((item) => codec.decode(item));
  },
});
