import type { Recording } from '../../recordings/recording.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { bookAccrual, type BookAccrualDeps } from '../accrual/book-accrual.ts';
import { withDeletion } from '../accrual/with-deletion.ts';
import { reconciled } from '../accrual/reconciled.ts';
import type { HeldPlace } from '../meters/storage-meter.ts';

/** What bringing a holding to what is listed needs. */
export interface ReconcileHoldingDeps extends BookAccrualDeps {
  readonly now: () => Date;
}

/** What became of it. UNSETTLED: its own measurement is still to come. */
export type ReconciledHolding = 'SAME' | 'CORRECTED' | 'UNSETTLED';

/** Each turn that is lost somebody else has got further. */
const mostTurns = 8;

/**
 * Brings what a breakout holds in a place to what was listed there at an instant, and books the difference: a new
 * version, billed in the open period. First the holding is kept, and due, so that whoever dies leaves it to the next hour.
 * @throws UnavailableError when others keep changing it
 */
export const reconcileHolding =
  (deps: ReconcileHoldingDeps) =>
  async (breakoutId: string, listed: HeldPlace, at: number, recording: Recording | undefined): Promise<ReconciledHolding> => {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const kept = await deps.holdings.get(breakoutId);
      if (kept === undefined) return 'UNSETTLED';
      const holding = withDeletion(kept, recording);
      const next = reconciled(holding, [listed], at);
      if (next === kept) return 'SAME';
      if (!(await deps.holdings.save({ ...next, revision: kept.revision + 1 }, deps.now().getTime()))) continue;
      await bookAccrual(deps)(breakoutId);
      return 'CORRECTED';
    }
    throw new UnavailableError({ code: 'holding-contended', message: `others kept changing what ${breakoutId} holds for ${mostTurns} turns: try again` });
  };
