import { itemKey } from '../../contract/table-keys.ts';
import type { PipelineCalendar } from '../../domain/pipelines/booking.ts';
import type { HoldHistory, PastHolds, PipelineHolds } from '../../domain/pipelines/pipeline-hold.ts';
import { isoTime } from '../../domain/usage/calendar-month.ts';
import { attempted } from './attempted.ts';
import { all, equals } from './expressions.ts';
import { bookingCodec, calendarCodec, holdCodec, pastHoldCodec } from './pipeline-items.ts';
import type { Table } from './table.ts';

/** Calendars of pipelines in the one table. */
export const dynamoDbPipelineCalendar = (table: Table): PipelineCalendar => ({
  async read(pipelineId) {
    // The revision first: a booking that comes between the two reads makes the revision stale, never the bookings.
    const calendar = await table.get(itemKey.pipelineCalendar(pipelineId));
    const { PK, SK } = itemKey.booking(pipelineId, '');
    const bookings = await table.query({ partition: PK, prefix: SK });
    return { pipelineId, revision: calendar === undefined ? 0 : calendarCodec.decode(calendar).revision, bookings: bookings.map(bookingCodec.decode) };
  },
});

// Above every key of the same instant.
const last = '\uffff';

/** Who held pipelines when, in the one table. */
export const dynamoDbPastHolds = (table: Table): PastHolds & HoldHistory => ({
  async lastClaimed(pipelineId, at) {
    const { PK: partition, SK: before } = itemKey.pastHold(pipelineId, at, last);
    const [item] = await table.query({ partition, prefix: 'HELD#', before, newestFirst: true, limit: 1 });
    return item === undefined ? undefined : pastHoldCodec.decode(item);
  },
  async claimedIn(pipelineId, { from, to }) {
    const { PK: partition, SK: first } = itemKey.pastHold(pipelineId, isoTime(from), '');
    // Shorter than every key of its instant, so that it is excluded.
    const { SK: before } = itemKey.pastHold(pipelineId, isoTime(to), '');
    return (await table.query({ partition, prefix: first.slice(0, -1), before })).map((item) => pastHoldCodec.decode(item));
  },
});

/** Holds of pipelines in the one table. */
export const dynamoDbPipelineHolds = (table: Table): PipelineHolds => ({
  async get(pipelineId) {
    const item = await table.get(itemKey.pipelineHold(pipelineId));
    return item === undefined ? undefined : holdCodec.decode(item);
  },
  async release({ pipelineId, breakoutId, attempt }) {
    await attempted(
      table.transact([
        { delete: itemKey.pipelineHold(pipelineId), condition: all(equals('breakoutId', breakoutId), equals('attempt', attempt)) },
        { delete: itemKey.booking(pipelineId, breakoutId) },
      ]),
    );
  },
});
