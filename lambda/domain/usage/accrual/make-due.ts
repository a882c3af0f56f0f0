import { UnavailableError } from '../../shared/errors.ts';
import type { HoldingStore } from './holding.ts';

/** What making a breakout due needs. */
export interface MakeDueDeps {
  readonly holdings: Pick<HoldingStore, 'get' | 'save'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Each turn that is lost somebody else has got further. */
const mostTurns = 8;

/**
 * Has what a breakout holds looked at by the next hourly booking, whatever becomes of whoever asks. A show that is not
 * settled has nothing to look at: its own measurement comes. Repeatable.
 * @throws UnavailableError when others keep changing it
 */
export const makeDue =
  ({ holdings, now }: MakeDueDeps) =>
  async (breakoutId: string): Promise<void> => {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const kept = await holdings.get(breakoutId);
      if (kept === undefined || (await holdings.save({ ...kept, revision: kept.revision + 1 }, now()))) return;
    }
    throw new UnavailableError({ code: 'holding-contended', message: `others kept changing what ${breakoutId} holds for ${mostTurns} turns: try again` });
  };
