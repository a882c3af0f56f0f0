import { isoTime, monthAfter, monthInterval, monthOf } from '../calendar-month.ts';
import type { UsageStore } from '../usage-store.ts';
import { bookOwnLines, type BookOwnLinesDeps } from './book-own-lines.ts';
import { isDue, type OwnLineMonth } from './own-line-months.ts';

/** What booking the own lines of ended months needs. */
export interface BookEndedMonthsDeps extends BookOwnLinesDeps {
  readonly usage: BookOwnLinesDeps['usage'] & Pick<UsageStore, 'ownLineMonths' | 'followed'>;
}

/** Shows that ran when a month ended have settled, and the last logs have come: at most 26 hours after its end. */
const settledMilliseconds = 26 * 3_600_000;

/** A month in which nobody used anything has minimums: so many are looked at on a platform that has none on record. */
const monthsBack = 3;

const monthBefore = (month: string): string => monthOf(monthInterval(month).from - 1);

/** Whether a month has ended and settled, so that it has own lines. */
export const hasOwnLines = (month: string, at: number): boolean => monthInterval(month).to + settledMilliseconds <= at;

/** The months that have own lines at an instant, the oldest first: from the first that is known of, at least three. */
const monthsWithOwnLines = (known: readonly OwnLineMonth[], at: number): readonly string[] => {
  const last = monthBefore(monthOf(at - settledMilliseconds));
  const back = Array.from({ length: monthsBack - 1 }).reduce<string>(monthBefore, last);
  const first = known.map(({ month }) => month).reduce((one, other) => (other < one ? other : one), back);
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
};

/**
 * The months whose own lines have to be booked at an instant, the oldest first, of whatever age: those in which something
 * was booked that own lines have not followed, and those that have ended and settled and have none yet.
 */
export const dueMonths = (known: readonly OwnLineMonth[], at: number): readonly OwnLineMonth[] => {
  const byMonth = new Map(known.map((one) => [one.month, one]));
  return monthsWithOwnLines(known, at).map((month) => byMonth.get(month) ?? { month, bookings: 0n }).filter(isDue);
};

/**
 * Books the own lines of the months in which something was booked since, as they follow from what is booked now. What has
 * been followed is kept last: who dies before is followed by the next, and what is booked meanwhile is followed then. Answers
 * what could not be booked, which is tried the next time.
 */
export const bookEndedMonths =
  (deps: BookEndedMonthsDeps) =>
  async (): Promise<readonly { readonly what: string; readonly error: unknown }[]> => {
    const failed: { what: string; error: unknown }[] = [];
    for (const { month, bookings } of dueMonths(await deps.usage.ownLineMonths(), deps.now())) {
      try {
        await bookOwnLines(deps)(month);
        await deps.usage.followed(month, bookings);
      } catch (error) {
        failed.push({ what: `own lines of ${month}, at ${isoTime(deps.now())}`, error });
      }
    }
    return failed;
  };
