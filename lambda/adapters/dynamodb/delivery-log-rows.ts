import * as z from 'zod';
import { priceGeographies } from '../../domain/pricing/delivery-rates.ts';
import { deliveryKinds } from '../../domain/usage/access-log/viewer-path.ts';
import type { DeliveryLogRow } from '../../domain/usage/delivery-log.ts';
import { itemCodec } from './item-codec.ts';
import type { Item } from './table.ts';

const amount = z.string().regex(/^\d+$/).transform((value) => BigInt(value));

/** A row is a short tuple: a file of a busy edge location has thousands, and an item holds 400 KB. */
const rowSchema = z
  .tuple([
    z.int(), z.string().nullable(), z.enum(deliveryKinds).nullable(), z.enum([...priceGeographies, 'UNKNOWN']), z.enum(['http', 'https']), z.string(), amount, amount,
  ])
  .transform(([minute, breakoutId, kind, geography, protocol, result, requests, bytes]): DeliveryLogRow => ({ minute, breakoutId, kind, geography, protocol, result, requests, bytes }));

const rowsSchema = z.array(rowSchema);

/** Before paths said what they were for, all was an audience's. */
const withKinds = (item: Item): Item => {
  const rows = z.array(z.tuple([z.number(), z.string().nullable()], z.unknown())).parse(JSON.parse(z.string().parse(item['rows'])));
  return { ...item, rows: JSON.stringify(rows.map(([minute, breakoutId, ...rest]) => [minute, breakoutId, breakoutId === null ? null : 'AUDIENCE', ...rest])) };
};

/** The totals of one log file for one hour, or a part of them. */
export const totalsCodec = itemCodec('DeliveryLog', 2, z.object({ distributionId: z.string(), hour: z.string(), source: z.string(), rows: z.string() }), { 1: withKinds });

/** Rows as an item keeps them. */
export const encodeLogRows = (rows: readonly DeliveryLogRow[]): string =>
  JSON.stringify(
    rows.map(({ minute, breakoutId, kind, geography, protocol, result, requests, bytes }) => [
      minute, breakoutId, kind, geography, protocol, result, requests.toString(), bytes.toString(),
    ]),
  );

/** Rows as an item has kept them. */
export const parseLogRows = (text: string): readonly DeliveryLogRow[] => rowsSchema.parse(JSON.parse(text));

/** The rows of an item. */
export const decodeLogRows = (item: Item): readonly DeliveryLogRow[] => parseLogRows(totalsCodec.decode(item).rows);
