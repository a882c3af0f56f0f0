import type { EventStore } from '../events/event-store.ts';
import type { Caller } from '../shared/caller.ts';
import { requireRevision, untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { type BookingDeps, decideBooking } from './book.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { requireEndAhead } from './create-breakout.ts';
import { getBreakout } from './read-breakouts.ts';
import { requireScheduled, revised } from './transition.ts';

/** What is to be different; possible before the start only. */
export interface UpdateBreakoutCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  readonly expectedRevision?: number;
  readonly changes: Partial<Pick<Breakout, 'title' | 'pipelineId' | 'startsAt' | 'endsAt' | 'wantsMp4'>> & {
    /** null = the pipeline's own again. */
    readonly sources?: Breakout['sources'] | null;
    /** null = what the stage makes again. */
    readonly recordingFormats?: Breakout['recordingFormats'] | null;
  };
}

/** What changing a breakout needs. */
export interface UpdateBreakoutDeps extends BookingDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'book'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly now: Now;
}

const changed = (
  { sources: from, recordingFormats: madeIn, ...breakout }: Breakout,
  { sources = from, recordingFormats = madeIn, ...changes }: UpdateBreakoutCommand['changes'],
  at: string,
): Breakout => {
  const kept = { ...(sources ? { sources } : {}), ...(recordingFormats ? { recordingFormats } : {}) };
  return revised({ ...breakout, ...kept }, changes, at);
};

/** Changes a scheduled breakout and moves its booking along. @throws NotFoundError, InvalidInputError, ConflictError */
export const updateBreakout =
  (deps: UpdateBreakoutDeps) =>
  async ({ caller, breakoutId, expectedRevision, changes }: UpdateBreakoutCommand): Promise<Breakout> =>
    untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireRevision(breakout.revision, expectedRevision);
      requireScheduled(breakout);
      const at = timestamp(deps.now());
      const next = changed(breakout, changes, at);
      requireEndAhead(next.endsAt, at);
      const booked = await decideBooking(deps)(next, await deps.events.get(breakout.eventId));
      const leaves = next.pipelineId === breakout.pipelineId ? {} : { leavesPipelineId: breakout.pipelineId };
      return (await deps.breakouts.book({ ...booked, ...leaves })) ? next : undefined;
    });
