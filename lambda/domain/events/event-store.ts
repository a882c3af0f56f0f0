import type { Page, PageRequest } from '../shared/page.ts';
import type { EventRecord, EventSlot, PlannedEvent } from './event.ts';

/** Keeps events. */
export interface EventStore {
  /** @throws NotFoundError */
  get(eventId: string): Promise<EventRecord>;
  /** Of an account, in order of creation; may lag a moment behind writes. */
  listByAccount(accountId: string, page: PageRequest): Promise<Page<PlannedEvent>>;
  /** The times of the event's breakouts. */
  slots(eventId: string): Promise<readonly EventSlot[]>;
  create(event: PlannedEvent): Promise<void>;
  /** Writes over the revision before it if no booking has moved since; false = read and decide again. */
  save(record: EventRecord): Promise<boolean>;
}
