import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { priceGeographies } from '../../domain/pricing/delivery-rates.ts';
import { hourOf, type DeliveryLogRow, type DeliveryLogStore } from '../../domain/usage/delivery-log.ts';
import { sumRows } from '../../domain/usage/summarise-access-log.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const amount = z.string().regex(/^\d+$/).transform((value) => BigInt(value));

/** A row is a short tuple: a file of a busy edge location has thousands, and an item holds 400 KB. */
const rowSchema = z
  .tuple([z.int(), z.string().nullable(), z.enum([...priceGeographies, 'UNKNOWN']), z.enum(['http', 'https']), z.string(), amount, amount])
  .transform(([minute, breakoutId, geography, protocol, result, requests, bytes]): DeliveryLogRow => ({ minute, breakoutId, geography, protocol, result, requests, bytes }));

const rowsSchema = z.array(rowSchema);

const encodeRows = (rows: readonly DeliveryLogRow[]): string =>
  JSON.stringify(
    rows.map(({ minute, breakoutId, geography, protocol, result, requests, bytes }) => [
      minute, breakoutId, geography, protocol, result, requests.toString(), bytes.toString(),
    ]),
  );

const totalsCodec = itemCodec('DeliveryLog', 1, z.object({ distributionId: z.string(), hour: z.string(), source: z.string(), rows: z.string() }));

/** Keeps log totals in the one table: `dynamodb:PutItem` for who counts, `dynamodb:Query` for who measures. */
export const dynamoDbDeliveryLogStore = (table: Table): DeliveryLogStore => ({
  keep: (totals) =>
    table.put({
      ...totalsCodec.encode({ ...totals, rows: encodeRows(totals.rows) }),
      ...itemKey.deliveryLog(totals.distributionId, totals.hour, totals.source),
    }),
  rows: async (distributionId, { from, to }) => {
    const first = itemKey.deliveryLog(distributionId, hourOf(from), '');
    const last = itemKey.deliveryLog(distributionId, hourOf(to), '\uffff');
    const items = await table.query({ partition: first.PK, prefix: first.SK, before: last.SK });
    const rows = items.flatMap((item) => rowsSchema.parse(JSON.parse(totalsCodec.decode(item).rows)));
    return sumRows(rows.filter(({ minute }) => minute >= from && minute < to));
  },
});
