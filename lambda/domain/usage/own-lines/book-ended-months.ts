import { isoTime, monthInterval, monthOf } from '../calendar-month.ts';
import { bookOwnLines, type BookOwnLinesDeps } from './book-own-lines.ts';

/** Shows that ran when a month ended have settled, and the last logs have come: at most 26 hours after its end. */
const settledMilliseconds = 26 * 3_600_000;

/** So many months are looked at again and again: what changes later than that books its month's own lines itself. */
const monthsBack = 3;

/** The months whose own lines are kept up to date at an instant, the oldest first: those that have ended and settled. */
export const monthsWithOwnLines = (at: number): readonly string[] => {
  const months: string[] = [];
  for (let month = monthOf(at - settledMilliseconds); months.length < monthsBack; ) {
    month = monthOf(monthInterval(month).from - 1);
    months.unshift(month);
  }
  return months;
};

/** Whether a month has ended and settled, so that it has own lines. */
export const hasOwnLines = (month: string, at: number): boolean => monthInterval(month).to + settledMilliseconds <= at;

/** Books the own lines of the months that ended last, as they follow from what is booked now. Answers what could not be booked, which is tried the next time. */
export const bookEndedMonths =
  (deps: BookOwnLinesDeps) =>
  async (): Promise<readonly { readonly what: string; readonly error: unknown }[]> => {
    const failed: { what: string; error: unknown }[] = [];
    for (const month of monthsWithOwnLines(deps.now())) {
      await bookOwnLines(deps)(month).catch((error: unknown) => failed.push({ what: `own lines of ${month}, at ${isoTime(deps.now())}`, error }));
    }
    return failed;
  };
