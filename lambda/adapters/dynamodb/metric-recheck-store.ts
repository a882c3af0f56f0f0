import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { isoTime } from '../../domain/usage/calendar-month.ts';
import type { MetricRecheck, MetricRechecks } from '../../domain/usage/late/metric-recheck.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const schema: z.ZodType<MetricRecheck> = z.object({ breakoutId: z.string(), at: z.number() });

const codec = itemCodec('MetricRecheck', 1, schema);

const keyOf = ({ breakoutId, at }: MetricRecheck) => itemKey.metricRecheck(isoTime(at), breakoutId);

/** Remembers rechecks in the one table: `dynamodb:PutItem`, `Query`, `DeleteItem`. */
export const dynamoDbMetricRechecks = (table: Pick<Table, 'put' | 'query' | 'delete'>): MetricRechecks => ({
  plan: (recheck) => table.put({ ...codec.encode(recheck), ...keyOf(recheck) }),
  due: async (now) => {
    const { PK: partition, SK: before } = itemKey.metricRecheck(isoTime(now), '\uffff');
    return (await table.query({ partition, before })).map((item) => codec.decode(item));
  },
  done: (recheck) => table.delete(keyOf(recheck)),
});
