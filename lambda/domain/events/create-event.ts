import type { Caller } from '../shared/caller.ts';
import type { NewId } from '../shared/identifiers.ts';
import { requireEndAfterStart } from '../shared/interval.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { PlannedEvent, Venue } from './event.ts';
import type { EventStore } from './event-store.ts';

/** An event to be, of the caller's account. */
export interface CreateEventCommand {
  readonly caller: Caller;
  readonly name: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly venue?: Venue;
}

/** Creates an event. @throws InvalidInputError */
export const createEvent =
  ({ events, newId, now }: { readonly events: Pick<EventStore, 'create'>; readonly newId: NewId; readonly now: Now }) =>
  async ({ caller, ...details }: CreateEventCommand): Promise<PlannedEvent> => {
    requireEndAfterStart(details);
    const createdAt = timestamp(now());
    const event: PlannedEvent = { eventId: newId('event'), accountId: caller.accountId, ...details, createdAt, updatedAt: createdAt, revision: 1 };
    await events.create(event);
    return event;
  };
