import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { Breakout, StopReason } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { getBreakout } from './read-breakouts.ts';
import type { StopSignal } from './show-executions.ts';
import { revised } from './transition.ts';

/** What asking for a stop needs. */
export interface StopBreakoutDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save'>;
  readonly stopSignal: StopSignal;
  readonly now: Now;
}

/** Whether a stop can still be asked for: before that there is nothing to stop, after it nothing left. */
export const isUnderWay = ({ status }: Breakout): boolean => status === 'STARTING' || status === 'RUNNING';

/**
 * Notes once that the show is to stop and ends the execution's wait, if it waits yet; during STARTING the note is
 * found when the channel runs. Repeating it repeats the signal only.
 */
export const requestStop = async (deps: StopBreakoutDeps, breakoutId: string, stopReason: StopReason): Promise<Breakout> => {
  const noted = await untilSaved(`breakout ${breakoutId}`, async () => {
    const breakout = await deps.breakouts.get(breakoutId);
    if (!isUnderWay(breakout) || breakout.stopRequestedAt !== undefined) return breakout;
    const at = timestamp(deps.now());
    const next = revised(breakout, { stopRequestedAt: at, stopReason }, at);
    return (await deps.breakouts.save(next)) ? next : undefined;
  });
  if (isUnderWay(noted) && noted.stopToken !== undefined) await deps.stopSignal.complete(noted.stopToken);
  return noted;
};

/** There is nothing to stop yet. */
export const notStarted = (breakoutId: string): ConflictError =>
  new ConflictError({
    code: 'breakout-not-started',
    message: `breakout ${breakoutId} is SCHEDULED, expected STARTING or RUNNING: it has not been started, so there is nothing to stop`,
    details: { status: 'SCHEDULED' },
  });

/**
 * Asks a show to stop. Asking twice, or after its end, changes nothing.
 * @throws NotFoundError, ConflictError when it has not been started
 */
export const stopBreakout =
  (deps: StopBreakoutDeps) =>
  async ({ caller, breakoutId }: { readonly caller: Caller; readonly breakoutId: string }): Promise<Breakout> => {
    const { status } = await getBreakout(deps)(caller, breakoutId);
    if (status !== 'SCHEDULED') return requestStop(deps, breakoutId, 'REQUESTED');
    throw notStarted(breakoutId);
  };
