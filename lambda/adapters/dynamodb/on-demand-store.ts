import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { OnDemandTraffic } from '../../domain/usage/on-demand/on-demand-traffic.ts';
import { encodeLogRows, parseLogRows } from './delivery-log-rows.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const codec = itemCodec('OnDemandDay', 1, z.object({ day: z.string(), rows: z.string() }));

/** Keeps what viewers of recordings were sent in the one table: `dynamodb:GetItem`, `PutItem` and `Query`. */
export const dynamoDbOnDemandTraffic = (table: Pick<Table, 'get' | 'put' | 'query'>): OnDemandTraffic => ({
  keep: async (breakoutId, day, rows) => {
    const key = itemKey.onDemandDay(breakoutId, day);
    const text = encodeLogRows(rows);
    const kept = await table.get(key);
    if (kept !== undefined && codec.decode(kept).rows === text) return false;
    await table.put({ ...codec.encode({ day, rows: text }), ...key });
    return true;
  },
  month: async (breakoutId, month) => {
    const { PK: partition, SK: prefix } = itemKey.onDemandDay(breakoutId, `${month}-`);
    return (await table.query({ partition, prefix })).flatMap((item) => parseLogRows(codec.decode(item).rows));
  },
});
