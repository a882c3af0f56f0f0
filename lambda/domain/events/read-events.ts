import { type Caller, platformAccountId, visibleTo } from '../shared/caller.ts';
import { invalidFields } from '../shared/interval.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { EventRecord, PlannedEvent } from './event.ts';
import type { EventStore } from './event-store.ts';

/** An event with its booking counter, if it is the caller's. @throws NotFoundError */
export const getEventRecord =
  ({ events }: { readonly events: Pick<EventStore, 'get'> }) =>
  async (caller: Caller, eventId: string): Promise<EventRecord> => {
    const record = await events.get(eventId);
    visibleTo(caller, 'event', eventId, record.event);
    return record;
  };

/** One event, if it is the caller's. @throws NotFoundError */
export const getEvent =
  (deps: { readonly events: Pick<EventStore, 'get'> }) =>
  async (caller: Caller, eventId: string): Promise<PlannedEvent> =>
    (await getEventRecord(deps)(caller, eventId)).event;

/** The events of the caller's account; the operator says of which. @throws InvalidInputError */
export const listEvents =
  ({ events }: { readonly events: Pick<EventStore, 'listByAccount'> }) =>
  async (caller: Caller, page: PageRequest, ofAccountId?: string): Promise<Page<PlannedEvent>> => {
    if (caller.accountId !== platformAccountId) return events.listByAccount(caller.accountId, page);
    if (ofAccountId === undefined) throw invalidFields('account-missing', [{ field: 'accountId', message: 'is missing: the operator names the account' }]);
    return events.listByAccount(ofAccountId, page);
  };
