import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { BookedBreakout, BreakoutStore } from '../../../lambda/domain/breakouts/breakout-store.ts';
import { unsettledShow } from '../../../lambda/domain/breakouts/unsettled-show.ts';
import type { EventRecord, EventSlot } from '../../../lambda/domain/events/event.ts';
import type { EventStore } from '../../../lambda/domain/events/event-store.ts';
import type { Booking, PipelineCalendar } from '../../../lambda/domain/pipelines/booking.ts';
import { isHeldBy, type PastHolds, type PipelineHold, type PipelineHolds } from '../../../lambda/domain/pipelines/pipeline-hold.ts';
import { notFound } from '../../../lambda/domain/shared/caller.ts';
import type { Page, PageRequest } from '../../../lambda/domain/shared/page.ts';

/** Events, breakouts, bookings and holds in memory, with the conditions of the table. */
export interface MemoryPlans {
  readonly events: EventStore;
  readonly breakouts: BreakoutStore;
  readonly calendar: PipelineCalendar;
  readonly holds: PipelineHolds;
  readonly pastHolds: PastHolds;
  /** Every version of every breakout that was written, in order. */
  readonly written: Breakout[];
}

/** Lets whoever else asks at the same time have its turn, as a call to a service does. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Part of a list of things that sort by id. */
export const pageOf = <Item>(all: readonly Item[], idOf: (item: Item) => string, { limit, after = '' }: PageRequest): Page<Item> => {
  const rest = all.filter((item) => idOf(item) > after).sort((left, right) => (idOf(left) < idOf(right) ? -1 : 1));
  const items = rest.slice(0, limit);
  return rest.length > limit ? { items, next: idOf(items.at(-1)!) } : { items };
};

/** The items that the stores share. */
const emptyItems = () => ({
  events: new Map<string, EventRecord>(),
  slots: new Map<string, EventSlot & { eventId: string }>(),
  breakouts: new Map<string, Breakout>(),
  bookings: new Map<string, Booking>(),
  calendars: new Map<string, number>(),
  holds: new Map<string, PipelineHold>(),
  pastHolds: [] as PipelineHold[],
  written: [] as Breakout[],
});

type Items = ReturnType<typeof emptyItems>;

const bookingKey = (pipelineId: string, breakoutId: string): string => `${pipelineId} ${breakoutId}`;

const follows = ({ breakouts }: Items, breakout: Breakout): boolean => (breakouts.get(breakout.breakoutId)?.revision ?? 0) === breakout.revision - 1;

const write = ({ breakouts, written }: Items, breakout: Breakout): true => {
  breakouts.set(breakout.breakoutId, breakout);
  written.push(breakout);
  return true;
};

const isCurrent = (items: Items, { breakout, calendar, event }: BookedBreakout): boolean => {
  const stored = items.events.get(event.event.eventId);
  return (
    follows(items, breakout) &&
    (items.calendars.get(calendar.pipelineId) ?? 0) === calendar.revision &&
    stored?.event.revision === event.event.revision &&
    stored.bookingRevision === event.bookingRevision
  );
};

const book = (items: Items, { breakout, booking, calendar, event, leavesPipelineId }: BookedBreakout): true => {
  if (leavesPipelineId !== undefined) items.bookings.delete(bookingKey(leavesPipelineId, breakout.breakoutId));
  items.bookings.set(bookingKey(booking.pipelineId, booking.breakoutId), booking);
  items.calendars.set(calendar.pipelineId, calendar.revision + 1);
  items.events.set(event.event.eventId, { ...event, bookingRevision: event.bookingRevision + 1 });
  const { breakoutId, eventId, startsAt, endsAt } = breakout;
  items.slots.set(breakoutId, { eventId, breakoutId, startsAt, endsAt });
  return write(items, breakout);
};

const eventStore = ({ events, slots }: Items): EventStore => ({
  async get(eventId) {
    await turn();
    const record = events.get(eventId);
    if (!record) throw notFound('event', eventId);
    return record;
  },
  listByAccount: async (accountId, page) =>
    pageOf([...events.values()].map(({ event }) => event).filter((event) => event.accountId === accountId), ({ eventId }) => eventId, page),
  slots: async (eventId) =>
    [...slots.values()].filter((slot) => slot.eventId === eventId).map(({ breakoutId, startsAt, endsAt }) => ({ breakoutId, startsAt, endsAt })),
  create: async (event) => void events.set(event.eventId, { event, bookingRevision: 0 }),
  async save(record) {
    const stored = events.get(record.event.eventId);
    if (stored?.event.revision !== record.event.revision - 1 || stored.bookingRevision !== record.bookingRevision) return false;
    events.set(record.event.eventId, record);
    return true;
  },
});

const breakoutStore = (items: Items): BreakoutStore => ({
  async get(breakoutId) {
    await turn();
    const breakout = items.breakouts.get(breakoutId);
    if (!breakout) throw notFound('breakout', breakoutId);
    return breakout;
  },
  listByEvent: async (eventId, page) => pageOf([...items.breakouts.values()].filter((one) => one.eventId === eventId), ({ breakoutId }) => breakoutId, page),
  listUnsettled: async (accountId) =>
    [...items.breakouts.values()].filter((one) => one.accountId === accountId).flatMap((one) => unsettledShow(one) ?? []).sort((one, other) => (one.breakoutId < other.breakoutId ? -1 : 1)),
  async save(breakout) {
    await turn();
    return follows(items, breakout) && write(items, breakout);
  },
  async book(booked) {
    await turn();
    return isCurrent(items, booked) && book(items, booked);
  },
  async claim(booked, hold) {
    await turn();
    if (!isCurrent(items, booked) || items.holds.has(hold.pipelineId)) return false;
    items.holds.set(hold.pipelineId, hold);
    items.pastHolds.push(hold);
    return book(items, booked);
  },
  async unclaim(breakout, hold) {
    await turn();
    if (!follows(items, breakout) || !isHeldBy(items.holds.get(hold.pipelineId), hold)) return false;
    items.holds.delete(hold.pipelineId);
    items.pastHolds.splice(items.pastHolds.findIndex((past) => isHeldBy(past, hold)), 1);
    return write(items, breakout);
  },
});

const pipelineCalendar = ({ calendars, bookings }: Items): PipelineCalendar => ({
  async read(pipelineId) {
    await turn();
    return { pipelineId, revision: calendars.get(pipelineId) ?? 0, bookings: [...bookings.values()].filter((one) => one.pipelineId === pipelineId) };
  },
});

const pastPipelineHolds = ({ pastHolds }: Items): PastHolds => ({
  lastClaimed: async (pipelineId, at) =>
    pastHolds.filter((hold) => hold.pipelineId === pipelineId && hold.claimedAt <= at).sort((one, other) => (one.claimedAt < other.claimedAt ? 1 : -1))[0],
});

const pipelineHolds = ({ holds, bookings }: Items): PipelineHolds => ({
  get: async (pipelineId) => holds.get(pipelineId),
  async release({ pipelineId, breakoutId, attempt }) {
    if (!isHeldBy(holds.get(pipelineId), { breakoutId, attempt })) return;
    holds.delete(pipelineId);
    bookings.delete(bookingKey(pipelineId, breakoutId));
  },
});

/** Nothing planned yet. */
export const memoryPlans = (): MemoryPlans => {
  const items = emptyItems();
  return {
    written: items.written,
    events: eventStore(items), breakouts: breakoutStore(items), calendar: pipelineCalendar(items), holds: pipelineHolds(items), pastHolds: pastPipelineHolds(items),
  };
};
