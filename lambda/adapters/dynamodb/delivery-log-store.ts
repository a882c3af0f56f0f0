import { itemKey } from '../../contract/table-keys.ts';
import { logFaultReasons } from '../../domain/usage/access-log/log-fault.ts';
import { hourOf, type CountedLogFile, type DeliveryLogRow, type DeliveryLogStore } from '../../domain/usage/delivery-log.ts';
import { sumRows } from '../../domain/usage/sum-rows.ts';
import * as z from 'zod';
import { attempted } from './attempted.ts';
import { isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import { decodeLogRows, encodeLogRows, totalsCodec } from './delivery-log-rows.ts';
import { lateLogWrite } from './late-log-store.ts';
import type { Table, Write } from './table.ts';

const fileCodec = itemCodec('LogFile', 1, z.object({ distributionId: z.string(), source: z.string(), requests: z.int() }));

const setAsideCodec = itemCodec(
  'LogFileSetAside',
  1,
  z.object({ distributionId: z.string(), source: z.string(), hour: z.string(), reason: z.enum(logFaultReasons), message: z.string(), at: z.string() }),
);

/** About 250 KB an item, of the 400 KB that it may have. */
const mostRowsInItem = 3000;

const inParts = (rows: readonly DeliveryLogRow[]): readonly (readonly DeliveryLogRow[])[] =>
  Array.from({ length: Math.ceil(rows.length / mostRowsInItem) }, (_, part) => rows.slice(part * mostRowsInItem, (part + 1) * mostRowsInItem));

const totalWrites = ({ distributionId, source, rows }: CountedLogFile): readonly Write[] =>
  [...Map.groupBy(rows, ({ minute }) => hourOf(minute))].flatMap(([hour, inHour]) =>
    inParts(inHour).map((part, index): Write => ({
      put: { ...totalsCodec.encode({ distributionId, hour, source, rows: encodeLogRows(part) }), ...itemKey.deliveryLog(distributionId, hour, source, index) },
    })),
  );

/** Keeps log totals in the one table: `dynamodb:GetItem`, `PutItem` and `DeleteItem` for who counts, `dynamodb:Query` for who measures. */
export const dynamoDbDeliveryLogStore = (table: Table): DeliveryLogStore => ({
  isCounted: async ({ distributionId, source }) => (await table.get(itemKey.logFile(distributionId, source))) !== undefined,
  keep: async (file) => {
    const { distributionId, source, requests, hour, late } = file;
    const lateWrites = late ? [lateLogWrite({ distributionId, source, ...late })] : [];
    const record = { ...fileCodec.encode({ distributionId, source, requests }), ...itemKey.logFile(distributionId, source) };
    // Someone else who counted the same file has kept the same totals.
    await attempted(table.transact([{ put: record, condition: isAbsent }, { delete: itemKey.logFileSetAside(distributionId, hour, source) }, ...lateWrites, ...totalWrites(file)]));
  },
  setAside: (file) => table.put({ ...setAsideCodec.encode(file), ...itemKey.logFileSetAside(file.distributionId, file.hour, file.source) }),
  rows: async (distributionId, { from, to }) => {
    const first = itemKey.deliveryLog(distributionId, hourOf(from), '');
    const last = itemKey.deliveryLog(distributionId, hourOf(to), '\uffff');
    const items = await table.query({ partition: first.PK, prefix: first.SK, before: last.SK });
    return sumRows(items.flatMap((item) => decodeLogRows(item)).filter(({ minute }) => minute >= from && minute < to));
  },
  filesSetAside: async (distributionId, { from, to }) => {
    const first = itemKey.logFileSetAside(distributionId, hourOf(from), '');
    const last = itemKey.logFileSetAside(distributionId, hourOf(to), '\uffff');
    return (await table.query({ partition: first.PK, prefix: first.SK, before: last.SK })).map((item) => setAsideCodec.decode(item));
  },
});
