import { getAccount } from '../accounts/read-accounts.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { EventStore } from '../events/event-store.ts';
import { getEvent } from '../events/read-events.ts';
import type { Caller } from '../shared/caller.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Recording, RecordingStore } from './recording.ts';

/** What reading recordings needs. */
export interface ReadRecordingsDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly recordings: Pick<RecordingStore, 'get' | 'listByAccount' | 'listByEvent'>;
}

/** The recordings of one of the caller's breakouts: none before its show has ended, then one. @throws NotFoundError */
export const listBreakoutRecordings =
  (deps: Pick<ReadRecordingsDeps, 'breakouts' | 'recordings'>) =>
  async (caller: Caller, breakoutId: string): Promise<Page<Recording>> => {
    await getBreakout(deps)(caller, breakoutId);
    const recording = await deps.recordings.get(breakoutId);
    return { items: recording === undefined ? [] : [recording] };
  };

/** The recordings of one of the caller's events. @throws NotFoundError */
export const listEventRecordings =
  (deps: ReadRecordingsDeps) =>
  async (caller: Caller, eventId: string, page: PageRequest): Promise<Page<Recording>> => {
    const { accountId } = await getEvent(deps)(caller, eventId);
    return deps.recordings.listByEvent(accountId, eventId, page);
  };

/** The recordings of the caller's account. @throws NotFoundError */
export const listAccountRecordings =
  (deps: ReadRecordingsDeps) =>
  async (caller: Caller, accountId: string, page: PageRequest): Promise<Page<Recording>> => {
    await getAccount(deps)(caller, accountId);
    return deps.recordings.listByAccount(accountId, page);
  };
