import type { EventStore } from '../events/event-store.ts';
import type { PipelineHolds } from '../pipelines/pipeline-hold.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { type BookingDeps, decideBooking } from './book.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import type { StreamSessionStore } from './cam/stream-session.ts';
import type { ShowRunStore } from './channel-run-store.ts';
import { getBreakout } from './read-breakouts.ts';
import { noteShow, type NoteShowDeps } from './show/note-show.ts';
import { legsOf } from './show-leg.ts';
import { transitioned, unmarked } from './transition.ts';

/** What resetting a failed show needs. */
export interface ResetBreakoutDeps extends BookingDeps, NoteShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'book'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly runs: Pick<ShowRunStore, 'list'>;
  readonly sessions: Pick<StreamSessionStore, 'list'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly now: Now;
}

const requireFailed = ({ breakoutId, status }: Breakout): void => {
  if (status === 'FAILED') return;
  const fix = status === 'SCHEDULED' ? 'it can be started as it is' : 'only a show that failed can be reset';
  throw new ConflictError({ code: 'breakout-not-failed', message: `breakout ${breakoutId} is ${status}, expected FAILED: ${fix}`, details: { status } });
};

/** Of a Pro show its channel has run; a Cam pipeline that was armed has not been streamed to by that. */
const requireNothingRan = async ({ runs, sessions }: ResetBreakoutDeps, { breakoutId, status }: Breakout): Promise<void> => {
  const streamed = (await sessions.list(breakoutId)).map(({ attempt }) => attempt);
  const ran = (await runs.list(breakoutId)).find((run) => ('kind' in run ? streamed.includes(run.attempt) : run.started !== undefined));
  if (ran === undefined) return;
  throw new ConflictError({
    code: 'breakout-has-run',
    message: `breakout ${breakoutId} ran on pipeline ${ran.pipelineId} from ${ran.started?.at ?? '?'}, expected one of which nothing ran: a breakout runs once, create another one`,
    details: { status, pipelineId: ran.pipelineId },
  });
};

/** Its last attempt gives the pipeline and the booking back a moment after the failure: what is booked before would be given back with it. */
const requireReleased = async ({ holds }: ResetBreakoutDeps, breakout: Breakout): Promise<void> => {
  for (const { pipelineId } of legsOf(breakout)) {
    const hold = await holds.get(pipelineId);
    if (hold?.breakoutId !== breakout.breakoutId) continue;
    throw new ConflictError({
      code: 'pipeline-held',
      message: `pipeline ${pipelineId} is still held by the attempt that failed, expected it to be free: reset in a minute`,
      details: { pipelineId, heldSince: hold.claimedAt },
    });
  }
};

/**
 * Brings a FAILED show of which nothing ran back to SCHEDULED and books its pipeline again; attempts are counted on.
 * @throws NotFoundError, ConflictError (`breakout-not-failed`, `breakout-has-run`, `pipeline-held`, `pipeline-booked`)
 */
export const resetBreakout =
  (deps: ResetBreakoutDeps) =>
  async ({ caller, breakoutId }: { readonly caller: Caller; readonly breakoutId: string }): Promise<Breakout> => {
    const reset = await untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireFailed(breakout);
      await requireNothingRan(deps, breakout);
      await requireReleased(deps, breakout);
      const next = transitioned(unmarked(breakout), 'SCHEDULED', {}, timestamp(deps.now()));
      return (await deps.breakouts.book(await decideBooking(deps)(next, await deps.events.get(breakout.eventId)))) ? next : undefined;
    });
    await noteShow(deps, reset, { type: 'SHOW', name: 'RESET', at: reset.updatedAt, message: 'the show is scheduled again' });
    return reset;
  };
