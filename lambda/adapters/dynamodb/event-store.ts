import { itemKey, listKey } from '../../contract/table-keys.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { attempted } from './attempted.ts';
import { eventItem, eventRecordOf, slotCodec } from './event-item.ts';
import { all, equals, isAbsent } from './expressions.ts';
import { listPage } from './list-page.ts';
import type { Table } from './table.ts';

/** Events in the one table. */
export const dynamoDbEventStore = (table: Table): EventStore => ({
  async get(eventId) {
    const item = await table.get(itemKey.event(eventId));
    if (item === undefined) throw notFound('event', eventId);
    return eventRecordOf(item);
  },
  listByAccount: (accountId, page) =>
    listPage(table, listKey.event(accountId, '').GSI1PK, page, (item) => eventRecordOf(item).event, ({ eventId }) => eventId),
  async slots(eventId) {
    const { PK, SK } = itemKey.eventSlot(eventId, '');
    return (await table.query({ partition: PK, prefix: SK })).map(slotCodec.decode);
  },
  create: (event) => table.put(eventItem({ event, bookingRevision: 0 }), isAbsent),
  save: (record) =>
    attempted(
      table.put(eventItem(record), all(equals('revision', record.event.revision - 1), equals('bookingRevision', record.bookingRevision))),
    ),
});
