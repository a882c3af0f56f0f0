import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import type { PriceBookStore } from '../pricing/price-book.ts';
import { priceBookOf } from '../pricing/read-price-books.ts';
import type { Caller } from '../shared/caller.ts';
import { NotFoundError } from '../shared/errors.ts';
import { bookRerated, type BookReratedDeps, type ReratedBooking } from './book-rerated.ts';
import { parsedMonth } from './close-month.ts';
import { bookOwnLines, type BookOwnLinesDeps } from './own-lines/book-own-lines.ts';
import { hasOwnLines } from './own-lines/book-ended-months.ts';

/** What correcting the prices of a month needs. */
export interface BookReratedMonthDeps extends BookReratedDeps, BookOwnLinesDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly usage: BookReratedDeps['usage'] & BookOwnLinesDeps['usage'];
  readonly books: BookOwnLinesDeps['books'] & Pick<PriceBookStore, 'get'>;
}

/** Which prices a breakout's month should have been rated with. */
export interface CorrectPricesCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  /** The charge period. */
  readonly month: string;
  /** The id of a price book. */
  readonly priceBook: string;
}

const nothingBooked = (breakoutId: string, month: string): NotFoundError =>
  new NotFoundError({ code: 'usage-not-booked', message: `nothing is booked of ${breakoutId} in ${month}: there is nothing to rate again`, details: { breakoutId, month } });

/**
 * Books a breakout's month with another price book: the correction of an error in prices, billed as any correction is. What
 * the account bears itself of the month follows. Doing it again changes nothing.
 * @throws NotFoundError, InvalidInputError, ConflictError (`price-missing`), UnavailableError
 */
export const bookReratedMonth =
  (deps: BookReratedMonthDeps) =>
  async ({ caller, breakoutId, month, priceBook }: CorrectPricesCommand): Promise<ReratedBooking> => {
    const { eventId, accountId } = await getBreakout(deps)(caller, breakoutId);
    parsedMonth(month);
    const book = await priceBookOf(deps)(priceBook);
    const booked = await bookRerated(deps)({ owner: { kind: 'BREAKOUT', breakoutId, eventId, accountId }, month, book });
    if (!booked) throw nothingBooked(breakoutId, month);
    if (hasOwnLines(month, deps.now())) await bookOwnLines(deps)(month, accountId);
    return booked;
  };
