import { followGivenUp, type FollowGivenUpDeps } from '../../recordings/follow-given-up.ts';
import { bookEndedMonths, type BookEndedMonthsDeps } from '../own-lines/book-ended-months.ts';
import { bookLateLogs, type BookLateLogsDeps } from '../late/book-late-logs.ts';
import { bookRechecks, type BookRechecksDeps } from '../late/book-rechecks.ts';
import { bookOverheads, type BookOverheadsDeps } from '../overheads/book-overheads.ts';
import { accrue, type AccrueDeps } from './accrue.ts';
import { bookAccrual } from './book-accrual.ts';
import { bookConversions } from './book-conversions.ts';

/** What the hourly booking needs. */
export type BookHourDeps = AccrueDeps & BookOverheadsDeps & BookLateLogsDeps & BookRechecksDeps & Omit<BookEndedMonthsDeps, 'now'> & Omit<FollowGivenUpDeps, 'bookConversions'>;

/** What was done in an hour. */
export interface BookedHour {
  readonly booked: number;
  /** What could not be booked, and why: a breakout, an overhead, or a month's own lines. */
  readonly failed: readonly { readonly what: string; readonly error: unknown }[];
  /** Whether nothing that was due is left but what failed. */
  readonly isComplete: boolean;
}

/**
 * Books overheads first, because they tell whose recordings were watched; then these, what late logs and late metrics tell, what came of
 * conversions that were given up, and all that is due; last what follows from all of it in months that have ended. One
 * failure keeps nothing else from being booked.
 */
export const bookHour =
  (deps: BookHourDeps) =>
  async (): Promise<BookedHour> => {
    const lateLogs = await deps.lateLogs.list();
    const overheads = await bookOverheads(deps)(lateLogs);
    const failed = overheads.failed.map(({ purpose, error }) => ({ what: purpose, error }));
    for (const [breakoutId, from] of overheads.watched) await bookAccrual(deps)(breakoutId, from).catch((error: unknown) => failed.push({ what: breakoutId, error }));
    const late = await bookLateLogs(deps)(lateLogs, new Set(overheads.failed.map(({ purpose }) => purpose)));
    const rechecked = await bookRechecks(deps)();
    failed.push(...late.failed, ...rechecked.failed);
    const givenUp = await followGivenUp({ ...deps, bookConversions: bookConversions(deps) })();
    failed.push(...givenUp.failed.map(({ breakoutId, error }) => ({ what: breakoutId, error })));
    const accrued = await accrue(deps)();
    failed.push(...(await bookEndedMonths({ ...deps, now: () => deps.now().getTime() })()));
    return {
      booked: overheads.watched.size + late.booked + rechecked.booked + givenUp.ended.length + accrued.booked,
      failed: [...failed, ...accrued.failed.map(({ breakoutId, error }) => ({ what: breakoutId, error }))],
      isComplete: late.isComplete && rechecked.isComplete && accrued.isComplete,
    };
  };
