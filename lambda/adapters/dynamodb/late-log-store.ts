import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { LateLog, LateLogs } from '../../domain/usage/late/late-log.ts';
import { itemCodec } from './item-codec.ts';
import type { Table, Write } from './table.ts';

const schema: z.ZodType<LateLog> = z.object({ distributionId: z.string(), source: z.string(), from: z.number(), to: z.number(), countedAt: z.number() });

const codec = itemCodec('LateLog', 1, schema);

/** Notes a late log, in the transaction that keeps its totals. */
export const lateLogWrite = (log: LateLog): Write => ({ put: { ...codec.encode(log), ...itemKey.lateLog(log.distributionId, log.source) } });

/** Keeps late logs in the one table: `dynamodb:Query`, `DeleteItem`. */
export const dynamoDbLateLogs = (table: Pick<Table, 'query' | 'delete'>): LateLogs => ({
  list: async () => {
    const { PK: partition, SK: prefix } = itemKey.lateLog('', '');
    const logs = (await table.query({ partition, prefix: prefix.slice(0, -1) })).map((item) => codec.decode(item));
    return logs.sort((one, other) => one.from - other.from);
  },
  forget: ({ distributionId, source }) => table.delete(itemKey.lateLog(distributionId, source)),
});
