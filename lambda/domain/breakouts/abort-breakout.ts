import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { untilSaved } from '../shared/revision.ts';
import { timestamp } from '../shared/time.ts';
import type { Breakout } from './breakout.ts';
import { getBreakout } from './read-breakouts.ts';
import { isUnderWay, notStarted, type StopBreakoutDeps } from './stop-breakout.ts';
import { hasEnded, revised } from './transition.ts';

const requireAbortable = ({ breakoutId, status, stoppedAt }: Breakout): void => {
  if (status === 'SCHEDULED') throw notStarted(breakoutId);
  if (status !== 'COMPLETED') return;
  throw new ConflictError({
    code: 'breakout-over',
    message: `breakout ${breakoutId} is COMPLETED since ${stoppedAt ?? 'its stop'}, expected STARTING, RUNNING or STOPPING: its archive is being converted already`,
    details: { status },
  });
};

/**
 * Ends a show without conversion: it is stopped, also while it starts or stops, and its usage is measured as ever. What
 * was archived stays until the bucket's rules let it go. Asking twice, or when it has failed, changes nothing.
 * @throws NotFoundError, ConflictError when it has not been started, or has stopped already
 */
export const abortBreakout =
  (deps: StopBreakoutDeps) =>
  async ({ caller, breakoutId }: { readonly caller: Caller; readonly breakoutId: string }): Promise<Breakout> => {
    const aborted = await untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireAbortable(breakout);
      if (hasEnded(breakout) || breakout.stopReason === 'ABORTED') return breakout;
      const at = timestamp(deps.now());
      const next = revised(breakout, { stopRequestedAt: breakout.stopRequestedAt ?? at, stopReason: 'ABORTED' }, at);
      return (await deps.breakouts.save(next)) ? next : undefined;
    });
    if (isUnderWay(aborted) && aborted.stopToken !== undefined) await deps.stopSignal.complete(aborted.stopToken);
    return aborted;
  };
