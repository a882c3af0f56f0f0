import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { requireEndAfterStart } from '../shared/interval.ts';
import { requireRevision, untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { EventSlot, PlannedEvent, Venue } from './event.ts';
import type { EventStore } from './event-store.ts';
import { getEventRecord } from './read-events.ts';

/** What is to be different. */
export interface UpdateEventCommand {
  readonly caller: Caller;
  readonly eventId: string;
  readonly expectedRevision?: number;
  readonly changes: { readonly name?: string; readonly startsAt?: string; readonly endsAt?: string; readonly venue?: Venue };
}

const requireAllInside = ({ startsAt, endsAt }: PlannedEvent, slots: readonly EventSlot[]): void => {
  const outside = slots.filter((slot) => slot.startsAt < startsAt || slot.endsAt > endsAt);
  if (outside.length === 0) return;
  throw new ConflictError({
    code: 'breakouts-outside-event',
    message: `the event would run from ${startsAt} until ${endsAt}, but ${outside.length} of its breakouts are not within that: move them first`,
    details: { breakouts: outside },
  });
};

/** Changes an event; its breakouts must stay inside it. @throws NotFoundError, InvalidInputError, ConflictError */
export const updateEvent =
  (deps: { readonly events: EventStore; readonly now: Now }) =>
  async ({ caller, eventId, expectedRevision, changes }: UpdateEventCommand): Promise<PlannedEvent> =>
    untilSaved(`event ${eventId}`, async () => {
      const { event, bookingRevision } = await getEventRecord(deps)(caller, eventId);
      requireRevision(event.revision, expectedRevision);
      const next: PlannedEvent = { ...event, ...changes, updatedAt: timestamp(deps.now()), revision: event.revision + 1 };
      requireEndAfterStart(next);
      requireAllInside(next, await deps.events.slots(eventId));
      return (await deps.events.save({ event: next, bookingRevision })) ? next : undefined;
    });
