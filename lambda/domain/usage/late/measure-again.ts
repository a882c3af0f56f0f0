import { bookFinal, isUnderWay, isWhole, type MeasureBreakoutDeps } from '../measure-breakout.ts';
import { settledAt } from '../settling.ts';
import { readShow } from '../show-facts.ts';

/** What came of it: NONE where nothing is final yet, so that the final measurement is still to come and reads all. */
export type MeasuredAgain = 'NONE' | 'DONE';

/**
 * Measures a show again whose usage is final, because more is known of it: what differs is a correction, and nothing is
 * written when nothing does. Its metrics are read anew when `rereadsMetrics`, else as they were kept when they had settled.
 * @throws NotFoundError, UnavailableError
 */
export const measureAgain =
  (deps: MeasureBreakoutDeps) =>
  async (breakoutId: string, { rereadsMetrics }: { readonly rereadsMetrics: boolean }): Promise<MeasuredAgain> => {
    const heads = await deps.usage.heads(breakoutId);
    if (heads.every(({ status }) => status === 'PROVISIONAL')) return 'NONE';
    const now = deps.now();
    const show = await readShow(deps, breakoutId);
    // A show that was reset is measured as a whole when it has ended again.
    if (show.breakout.status === 'SCHEDULED' || isUnderWay(show, now)) return 'NONE';
    const settled = settledAt(show.breakout, deps.settleSeconds) ?? now.getTime();
    await bookFinal(deps, show, { settled, now, isAwaited: false, mayReuse: (reading) => !rereadsMetrics && reading.readAt >= settled && isWhole(reading) });
    return 'DONE';
  };
