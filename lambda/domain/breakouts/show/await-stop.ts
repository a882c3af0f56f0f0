import type { Breakout } from '../breakout.ts';
import type { Show, StopSignal } from '../show-executions.ts';
import { revised } from '../transition.ts';
import { changeShow, type ChangeShowDeps } from './change-show.ts';
import { done, pending, type ShowProgress } from './progress.ts';

/** What waiting for a stop needs. */
export interface AwaitStopDeps extends ChangeShowDeps {
  readonly stopSignal: StopSignal;
}

const mustStop = ({ status, stopRequestedAt }: Breakout): boolean => status !== 'RUNNING' || stopRequestedAt !== undefined;

/**
 * Keeps the token that the execution waits with, for whoever asks for the stop. The write tells whether a stop was
 * asked for before: then the wait is ended at once, so that no stop is lost between the two.
 * @throws ConflictError
 */
export const awaitStop =
  (deps: AwaitStopDeps) =>
  async (show: Show, stopToken: string): Promise<void> => {
    const breakout = await changeShow(deps, show, (current, at) => (current.status === 'RUNNING' ? revised(current, { stopToken }, at) : current));
    if (mustStop(breakout)) await deps.stopSignal.complete(stopToken);
  };

/** After a wait that nobody ended: DONE when the show has to stop now, PENDING when it goes on. */
export const checkHardStop =
  (deps: ChangeShowDeps) =>
  async (show: Show): Promise<ShowProgress> => {
    const breakout = await changeShow(deps, show, (current, at) => {
      const isDue = current.hardStopAt !== undefined && at >= current.hardStopAt;
      return isDue && !mustStop(current) ? revised(current, { stopRequestedAt: at, stopReason: 'HARD_STOP' }, at) : current;
    });
    return mustStop(breakout) ? done : pending;
  };
