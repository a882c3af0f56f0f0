import { itemKey, listKey } from '../../contract/table-keys.ts';
import type { Breakout } from '../../domain/breakouts/breakout.ts';
import type { BookedBreakout, BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { attempted } from './attempted.ts';
import { breakoutCodec, breakoutItem } from './breakout-item.ts';
import { slotCodec } from './event-item.ts';
import { all, equals, isAbsent } from './expressions.ts';
import { bookingItem, calendarCodec, claimWrites, unclaimWrites } from './pipeline-items.ts';
import { listPage } from './list-page.ts';
import type { Table, Write } from './table.ts';
import { readUnsettledShows, unsettledWrites } from './unsettled-show-items.ts';

const breakoutWrite = (breakout: Breakout): Write => ({
  put: breakoutItem(breakout),
  condition: breakout.revision === 1 ? isAbsent : equals('revision', breakout.revision - 1),
});

const calendarWrite = ({ pipelineId, revision }: BookedBreakout['calendar']): Write => ({
  put: { ...calendarCodec.encode({ revision: revision + 1 }), ...itemKey.pipelineCalendar(pipelineId) },
  condition: revision === 0 ? isAbsent : equals('revision', revision),
});

const eventWrite = ({ event, bookingRevision }: BookedBreakout['event']): Write => ({
  update: itemKey.event(event.eventId),
  change: { set: { bookingRevision: bookingRevision + 1 } },
  condition: all(equals('revision', event.revision), equals('bookingRevision', bookingRevision)),
});

const slotWrite = ({ breakoutId, eventId, startsAt, endsAt }: Breakout): Write => ({
  put: { ...slotCodec.encode({ breakoutId, startsAt, endsAt }), ...itemKey.eventSlot(eventId, breakoutId) },
});

const bookingWrites = ({ breakout, booking, calendar, event, leavesPipelineId }: BookedBreakout): Write[] => [
  breakoutWrite(breakout),
  { put: bookingItem(booking) },
  calendarWrite(calendar),
  eventWrite(event),
  slotWrite(breakout),
  ...unsettledWrites(breakout),
  ...(leavesPipelineId === undefined ? [] : [{ delete: itemKey.booking(leavesPipelineId, breakout.breakoutId) }]),
];

/** Breakouts in the one table. */
export const dynamoDbBreakoutStore = (table: Table): BreakoutStore => ({
  async get(breakoutId) {
    const item = await table.get(itemKey.breakout(breakoutId));
    if (item === undefined) throw notFound('breakout', breakoutId);
    return breakoutCodec.decode(item);
  },
  listByEvent: (eventId, page) => listPage(table, listKey.breakout(eventId, '').GSI1PK, page, breakoutCodec.decode, ({ breakoutId }) => breakoutId),
  listUnsettled: (accountId) => readUnsettledShows(table, accountId),
  save: (breakout) => attempted(table.transact([breakoutWrite(breakout), ...unsettledWrites(breakout)])),
  book: (booked) => attempted(table.transact(bookingWrites(booked))),
  claim: (booked, hold) => attempted(table.transact([...bookingWrites(booked), ...claimWrites(hold)])),
  unclaim: (breakout, hold) => attempted(table.transact([breakoutWrite(breakout), ...unsettledWrites(breakout), ...unclaimWrites(hold)])),
});
