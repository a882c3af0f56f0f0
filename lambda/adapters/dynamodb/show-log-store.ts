import * as z from 'zod';
import { itemKey, listKey } from '../../contract/table-keys.ts';
import { type ShowLog, type ShowLogEntry, type ShowLogFilter, showLogTypes, isShowLogName } from '../../domain/breakouts/log/show-log.ts';
import type { Page, PageRequest } from '../../domain/shared/page.ts';
import { later } from '../../domain/shared/time.ts';
import { attempted } from './attempted.ts';
import { isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Item, Table } from './table.ts';

const entrySchema: z.ZodType<ShowLogEntry> = z.object({
  breakoutId: z.string(),
  accountId: z.string(),
  attempt: z.int().nonnegative(),
  at: z.string(),
  id: z.string(),
  type: z.enum(showLogTypes),
  name: z.string().refine(isShowLogName),
  message: z.string(),
  pipeline: z.string().exactOptional(),
  input: z.string().exactOptional(),
  alertId: z.string().exactOptional(),
  alertType: z.string().exactOptional(),
  source: z.literal('POLL').exactOptional(),
});

// Whole, because items have a `type` of their own.
const codec = itemCodec('ShowLogEntry', 1, z.object({ entry: entrySchema }));

const entryOf = (item: Item): ShowLogEntry => codec.decode(item).entry;

/** Where a list's entries are: `<prefix><at>#<id>` in one partition. */
interface Shelf {
  readonly partition: string;
  readonly prefix: string;
  readonly inListIndex: boolean;
}

const matches = ({ type, name }: ShowLogFilter, entry: ShowLogEntry): boolean =>
  (type === undefined || entry.type === type) && (name === undefined || entry.name === name);

// A page is filled from reads of this many items, so that a rare name costs few round trips.
const readAhead = 200;

// Above every time.
const last = '\uffff';

const placeOf = ({ at, id }: ShowLogEntry): string => `${at}#${id}`;

const listed = async (table: Table, shelf: Shelf, filter: ShowLogFilter, { limit, after }: PageRequest): Promise<Page<ShowLogEntry>> => {
  const lowest = `${shelf.prefix}${filter.from ?? ''}`;
  // `to` itself is shorter than every key of its instant, so that it is excluded.
  const highest = `${shelf.prefix}${filter.to ?? last}`;
  const items: ShowLogEntry[] = [];
  let place = after;
  for (;;) {
    const start = place === undefined ? lowest : later(lowest, `${shelf.prefix}${place}`);
    // A query from beyond its end is refused.
    if (start >= highest) return { items };
    const range = start === lowest ? { prefix: lowest } : { after: start };
    const found = await table.query({ partition: shelf.partition, inListIndex: shelf.inListIndex, ...range, before: highest, limit: readAhead });
    const entries = found.map(entryOf);
    const wanted = entries.filter((entry) => matches(filter, entry));
    items.push(...wanted);
    // One more than asked tells that there is a next page.
    if (items.length > limit) return pageOf(items.slice(0, limit));
    const end = entries.at(-1);
    if (entries.length < readAhead || end === undefined) return { items };
    place = placeOf(end);
  }
};

const pageOf = (items: readonly ShowLogEntry[]): Page<ShowLogEntry> => {
  const end = items.at(-1);
  return end === undefined ? { items } : { items, next: placeOf(end) };
};

const shelfOf = (breakoutId: string): Shelf => {
  const { PK: partition } = itemKey.breakout(breakoutId);
  return { partition, prefix: 'LOG#', inListIndex: false };
};

/** Logs of shows in the one table. */
export const dynamoDbShowLog = (table: Table): ShowLog => ({
  note(entry) {
    const { breakoutId, accountId, at, id } = entry;
    const item = { ...codec.encode({ entry }), ...itemKey.logEntry(breakoutId, at, id), ...listKey.logEntry(accountId, at, id) };
    const mark = { type: 'ShowLogMark', schemaVersion: 1, ...itemKey.logMark(breakoutId, id) };
    return attempted(table.transact([{ put: item }, { put: mark, condition: isAbsent }]));
  },
  async withdraw({ breakoutId, at, id }) {
    await table.transact([{ delete: itemKey.logEntry(breakoutId, at, id) }, { delete: itemKey.logMark(breakoutId, id) }]);
  },
  entries: async (breakoutId) => {
    const { partition, prefix } = shelfOf(breakoutId);
    return (await table.query({ partition, prefix })).map(entryOf);
  },
  list: (breakoutId, filter, page) => listed(table, shelfOf(breakoutId), filter, page),
  listByAccount: (accountId, filter, page) =>
    listed(table, { partition: listKey.logEntry(accountId, '', '').GSI1PK, prefix: '', inListIndex: true }, filter, page),
});
