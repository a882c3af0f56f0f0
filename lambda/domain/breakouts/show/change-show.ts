import { ConflictError } from '../../shared/errors.ts';
import { untilSaved } from '../../shared/revision.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import type { Show } from '../show-executions.ts';

/** What changing a show's breakout needs. */
export interface ChangeShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save'>;
  readonly now: Now;
}

/** Whether the breakout is at this attempt: an execution whose claim was undone, or whose pipeline was left, finds it is not. */
export const isAtAttempt = (breakout: Breakout, { attempt }: Show): boolean => breakout.status !== 'SCHEDULED' && breakout.attempt === attempt;

/** Refuses what is another attempt's business. @throws ConflictError `attempt-over` */
export const requireAttempt = (breakout: Breakout, show: Show): void => {
  if (isAtAttempt(breakout, show)) return;
  throw new ConflictError({
    code: 'attempt-over',
    message: `breakout ${show.breakoutId} is ${breakout.status} at attempt ${breakout.attempt}, expected attempt ${show.attempt}`,
    details: { status: breakout.status },
  });
};

/**
 * Reads, changes and writes a show's breakout; `decide` answers the same breakout when nothing is to change.
 * @throws ConflictError `attempt-over` when the breakout is not at this attempt
 */
export const changeShow = (deps: ChangeShowDeps, show: Show, decide: (breakout: Breakout, at: string) => Breakout): Promise<Breakout> =>
  untilSaved(`breakout ${show.breakoutId}`, async () => {
    const breakout = await deps.breakouts.get(show.breakoutId);
    requireAttempt(breakout, show);
    const next = decide(breakout, timestamp(deps.now()));
    if (next === breakout) return breakout;
    return (await deps.breakouts.save(next)) ? next : undefined;
  });
