import type { PriceBook, PriceBookStore } from '../pricing/price-book.ts';
import { priceBookOf } from '../pricing/read-price-books.ts';
import { InvalidInputError } from '../shared/errors.ts';
import { bookRerated, reratedProfile, type BookReratedDeps, type ReratedBooking } from './book-rerated.ts';
import { parsedMonth } from './close-month.ts';
import { bookOwnLines, type BookOwnLinesDeps } from './own-lines/book-own-lines.ts';
import { hasOwnLines } from './own-lines/book-ended-months.ts';
import type { BreakoutOwner } from './profile-owner.ts';
import { profilesUnder, type ProfilesUnderDeps } from './reading/profiles-under.ts';
import type { UsageSubject } from './reading/usage-subject.ts';
import type { ProfileHead } from './usage-profile.ts';

/** What correcting the prices of many shows needs. */
export interface BookReratedLevelDeps extends BookReratedDeps, BookOwnLinesDeps, ProfilesUnderDeps {
  readonly usage: BookReratedDeps['usage'] & BookOwnLinesDeps['usage'] & ProfilesUnderDeps['usage'];
  readonly books: BookOwnLinesDeps['books'] & Pick<PriceBookStore, 'get'>;
}

/** Which prices all shows of an event or an account should have been rated with in a month. */
export interface CorrectLevelCommand {
  readonly subject: Extract<UsageSubject, { kind: 'EVENT' | 'ACCOUNT' }>;
  /** The charge period. */
  readonly month: string;
  /** The id of a price book. */
  readonly priceBook: string;
}

/** So many are booked in one call, which has 29 seconds: they move the same items above them, one after the other. */
const mostBooked = 100;

const readersAtOnce = 10;

const tooMany = (found: string): InvalidInputError => {
  const message = `has more than ${found}, expected up to ${mostBooked} shows with usage: correct its events, or breakout by breakout`;
  return new InvalidInputError({ code: 'range-too-wide', message: `this month ${message}`, fields: [{ field: '/month', message }] });
};

interface BreakoutProfile {
  readonly owner: BreakoutOwner;
  readonly head: ProfileHead;
}

const breakoutProfiles = (heads: readonly ProfileHead[]): readonly BreakoutProfile[] =>
  heads.flatMap((head): readonly BreakoutProfile[] => (head.owner.kind === 'BREAKOUT' ? [{ owner: head.owner, head }] : []));

/** All have their prices in the book, or none is booked. */
const requireAllPrices = async (deps: BookReratedLevelDeps, profiles: readonly BreakoutProfile[], book: PriceBook): Promise<void> => {
  for (let from = 0; from < profiles.length; from += readersAtOnce) {
    await Promise.all(profiles.slice(from, from + readersAtOnce).map(({ head }) => reratedProfile(deps, head, book)));
  }
};

/**
 * Books all shows of an event or an account that used something in a month with another price book, as `bookReratedMonth`
 * does one. One that was overtaken by a failure is booked when it is done again.
 * @throws NotFoundError, InvalidInputError (`range-too-wide`), ConflictError (`price-missing`), UnavailableError
 */
export const bookReratedLevel =
  (deps: BookReratedLevelDeps) =>
  async ({ subject, month, priceBook }: CorrectLevelCommand): Promise<readonly ReratedBooking[]> => {
    parsedMonth(month);
    const book = await priceBookOf(deps)(priceBook);
    const profiles = breakoutProfiles(await profilesUnder(deps, subject, month, tooMany));
    if (profiles.length > mostBooked) throw tooMany(`${mostBooked} shows with usage in ${month}`);
    await requireAllPrices(deps, profiles, book);
    const bookings: ReratedBooking[] = [];
    for (const { owner } of profiles) bookings.push(...[await bookRerated(deps)({ owner, month, book })].filter((booking) => booking !== undefined));
    if (hasOwnLines(month, deps.now())) await bookOwnLines(deps)(month, subject.accountId);
    return bookings;
  };
