import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { UnendedConversions } from '../../domain/recordings/unended-jobs.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const codec = itemCodec('UnendedConversion', 1, z.object({ breakoutId: z.string() }));

/** Remembers conversions that were given up in the one table: `dynamodb:PutItem`, `DeleteItem` and `Query`. */
export const dynamoDbUnendedConversions = (table: Pick<Table, 'put' | 'delete' | 'query'>): UnendedConversions => ({
  note: (breakoutId) => table.put({ ...codec.encode({ breakoutId }), ...itemKey.unendedConversion(breakoutId) }),
  forget: (breakoutId) => table.delete(itemKey.unendedConversion(breakoutId)),
  list: async () => {
    const { PK: partition, SK: prefix } = itemKey.unendedConversion('');
    return (await table.query({ partition, prefix })).map((item) => codec.decode(item).breakoutId);
  },
});
