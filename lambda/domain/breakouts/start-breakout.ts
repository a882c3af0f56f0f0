import type { EventStore } from '../events/event-store.ts';
import { hardStopGraceSeconds } from '../pipelines/pipeline.ts';
import type { PastHolds, PipelineHold, PipelineHolds } from '../pipelines/pipeline-hold.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { untilSaved } from '../shared/revision.ts';
import { earlier, type Now, secondsAfter, timestamp } from '../shared/time.ts';
import { type BookingDeps, decideBooking } from './book.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { getBreakout } from './read-breakouts.ts';
import type { HardStops, ShowExecutions } from './show-executions.ts';
import { requireShownOut } from './start-over.ts';
import { requireScheduled, transitioned, unmarked } from './transition.ts';

/** What starting a show needs. */
export interface StartBreakoutDeps extends BookingDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'claim' | 'unclaim'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly pastHolds: PastHolds;
  readonly hardStops: HardStops;
  readonly executions: Pick<ShowExecutions, 'start'>;
  readonly now: Now;
}

/** Which show to start. */
export interface StartBreakoutCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
}

interface Claimed {
  readonly breakout: Breakout;
  readonly hold: PipelineHold;
}

const requireStartable = (breakout: Breakout, at: string): void => {
  requireScheduled(breakout);
  if (at < breakout.endsAt) return;
  throw new ConflictError({
    code: 'breakout-over',
    message: `breakout ${breakout.breakoutId} was booked until ${breakout.endsAt} and it is ${at}: move it to a later time first`,
    details: { status: breakout.status, endsAt: breakout.endsAt },
  });
};

/** Refuses a pipeline that is held. @throws ConflictError `pipeline-held` */
export const requireFree = (hold: PipelineHold | undefined, { accountId, pipelineId }: Pick<Breakout, 'accountId' | 'pipelineId'>): void => {
  if (hold === undefined) return;
  throw new ConflictError({
    code: 'pipeline-held',
    message: `pipeline ${pipelineId} is held since ${hold.claimedAt}, expected it to be free: it is when the show on it has ended and its viewers have seen the end`,
    details: { pipelineId, heldSince: hold.claimedAt, ...(hold.accountId === accountId ? { breakoutId: hold.breakoutId } : {}) },
  });
};

/** One try to take the pipeline and move to STARTING; undefined when someone else wrote meanwhile. */
const claimOnce = async (deps: StartBreakoutDeps, { caller, breakoutId }: StartBreakoutCommand): Promise<Claimed | undefined> => {
  const current = await getBreakout(deps)(caller, breakoutId);
  const at = timestamp(deps.now());
  requireStartable(current, at);
  const held = await deps.holds.get(current.pipelineId);
  // By this very show: somebody else has started it since it was read, and reading it again tells so.
  if (held?.breakoutId === breakoutId) return undefined;
  requireFree(held, current);
  await requireShownOut(deps)(await deps.pipelines.get(current.pipelineId), breakoutId, at);
  const hardStopAt = secondsAfter(current.endsAt, hardStopGraceSeconds);
  const breakout = transitioned(unmarked(current), 'STARTING', { attempt: current.attempt + 1, startRequestedAt: at, hardStopAt }, at);
  const { pipelineId, accountId, attempt } = breakout;
  const hold: PipelineHold = { pipelineId, breakoutId, attempt, accountId, claimedAt: at };
  // A show that starts early takes the time from now on.
  const taking = { startsAt: earlier(at, current.startsAt), endsAt: current.endsAt };
  const booked = await decideBooking(deps)(breakout, await deps.events.get(current.eventId), taking);
  // Before the claim: whatever dies after it, the show is stopped and repaired at its end. One too many stops nothing.
  await deps.hardStops.set(breakoutId, hardStopAt);
  if (await deps.breakouts.claim(booked, hold)) return { breakout, hold };
  const { hardStopAt: setByWinner } = await deps.breakouts.get(breakoutId);
  if (setByWinner !== undefined) await deps.hardStops.set(breakoutId, setByWinner);
  return undefined;
};

/** Back to SCHEDULED, unless the show has moved on. */
const undo = async ({ breakouts, now }: StartBreakoutDeps, { hold }: Claimed): Promise<void> => {
  await untilSaved(`breakout ${hold.breakoutId}`, async () => {
    const current = await breakouts.get(hold.breakoutId);
    if (current.status !== 'STARTING' || current.attempt !== hold.attempt) return true;
    return (await breakouts.unclaim(transitioned(unmarked(current), 'SCHEDULED', {}, timestamp(now())), hold)) ? true : undefined;
  });
};

/**
 * Starts a show: one conditional write takes the pipeline and moves the breakout to STARTING, so that of two who ask
 * at once one wins. When the execution cannot be started the claim is undone.
 * @throws NotFoundError, ConflictError (with the state), UnavailableError
 */
export const startBreakout =
  (deps: StartBreakoutDeps) =>
  async (command: StartBreakoutCommand): Promise<Breakout> => {
    const claimed = await untilSaved(`breakout ${command.breakoutId}`, () => claimOnce(deps, command));
    try {
      await deps.executions.start(claimed.hold);
    } catch (error) {
      await undo(deps, claimed);
      throw error;
    }
    return claimed.breakout;
  };
