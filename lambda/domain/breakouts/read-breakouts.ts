import type { EventStore } from '../events/event-store.ts';
import { getEvent } from '../events/read-events.ts';
import { type Caller, visibleTo } from '../shared/caller.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';

/** One breakout, if it is the caller's. @throws NotFoundError */
export const getBreakout =
  ({ breakouts }: { readonly breakouts: Pick<BreakoutStore, 'get'> }) =>
  async (caller: Caller, breakoutId: string): Promise<Breakout> =>
    visibleTo(caller, 'breakout', breakoutId, await breakouts.get(breakoutId));

/** The breakouts of one of the caller's events. @throws NotFoundError */
export const listBreakouts =
  (deps: { readonly breakouts: Pick<BreakoutStore, 'listByEvent'>; readonly events: Pick<EventStore, 'get'> }) =>
  async (caller: Caller, eventId: string, page: PageRequest): Promise<Page<Breakout>> => {
    await getEvent(deps)(caller, eventId);
    return deps.breakouts.listByEvent(eventId, page);
  };
