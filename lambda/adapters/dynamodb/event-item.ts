import * as z from 'zod';
import { itemKey, listKey, type ItemKey } from '../../contract/table-keys.ts';
import type { EventRecord, EventSlot, PlannedEvent } from '../../domain/events/event.ts';
import { itemCodec } from './item-codec.ts';
import type { Item } from './table.ts';

const eventSchema = z.object({
  eventId: z.string(),
  accountId: z.string(),
  name: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  venue: z.object({ name: z.string(), city: z.string().exactOptional(), country: z.string().exactOptional() }).exactOptional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  revision: z.int().positive(),
});

type StoredEvent = PlannedEvent & { readonly bookingRevision: number };

const storedEventSchema: z.ZodType<StoredEvent> = eventSchema.extend({ bookingRevision: z.int().nonnegative() });

const codec = itemCodec('Event', 1, storedEventSchema);

/** The record that an item holds. */
export const eventRecordOf = (item: Item): EventRecord => {
  const { bookingRevision, ...event } = codec.decode(item);
  return { event, bookingRevision };
};

/** The whole item of an event, with its keys. */
export const eventItem = ({ event, bookingRevision }: EventRecord): Item & ItemKey => ({
  ...codec.encode({ ...event, bookingRevision }),
  ...itemKey.event(event.eventId),
  ...listKey.event(event.accountId, event.eventId),
});

const slotSchema: z.ZodType<EventSlot> = z.object({ breakoutId: z.string(), startsAt: z.string(), endsAt: z.string() });

/** Items of type EventSlot: the time of a breakout in its event. */
export const slotCodec = itemCodec('EventSlot', 1, slotSchema);
