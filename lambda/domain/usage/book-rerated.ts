import type { PriceBook } from '../pricing/price-book.ts';
import { ConflictError } from '../shared/errors.ts';
import { bookDerived, type BookProfileDeps } from './book-profile.ts';
import { chargedProfile, type ChargeDeps } from './charges/charge-profile.ts';
import { rerated } from './price-line.ts';
import type { BreakoutOwner } from './profile-owner.ts';
import { allLines } from './reading/all-lines.ts';
import type { UsageHistory } from './usage-history.ts';
import type { UsageLine } from './usage-line.ts';
import type { MeasuredProfile, ProfileHead } from './usage-profile.ts';
import type { UsageStore } from './usage-store.ts';

/** What rating a profile with other prices needs. */
export interface ReratedProfileDeps extends ChargeDeps {
  readonly usage: Pick<UsageStore, 'lines'>;
  readonly history: Pick<UsageHistory, 'version'>;
}

/** What booking with other prices needs. */
export interface BookReratedDeps extends ReratedProfileDeps {
  readonly usage: BookProfileDeps['usage'] & ReratedProfileDeps['usage'];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A month as it was booked, and as it is with the other prices: the same when it had them already. */
export interface ReratedBooking {
  readonly before: ProfileHead;
  readonly after: ProfileHead;
}

/** How many lines are named. */
const mostNamed = 5;

const requirePrices = (was: readonly UsageLine[], is: readonly UsageLine[], { bookId }: PriceBook): void => {
  const priced = new Set(was.filter(({ nanoUsd }) => nanoUsd !== undefined).map(({ key }) => key));
  const lost = is.filter(({ key, nanoUsd }) => nanoUsd === undefined && priced.has(key));
  if (lost.length === 0) return;
  const named = lost.slice(0, mostNamed).map(({ key, unpriced = 'no price' }) => `${key}: ${unpriced}`);
  const message = `price book ${bookId} has no price for ${lost.length} line${lost.length === 1 ? '' : 's'} that ${lost.length === 1 ? 'has' : 'have'} one (${named.join('; ')}), expected one for each: book with a price book that has them`;
  throw new ConflictError({ code: 'price-missing', message, details: { priceBookId: bookId, lines: lost.length } });
};

/** A month's profile at the other prices. @throws ConflictError (`price-missing`) when the book lacks one */
export const reratedProfile = async (deps: ReratedProfileDeps, before: ProfileHead, book: PriceBook): Promise<MeasuredProfile> => {
  const { owner, month, version, status, asOf, accrual } = before;
  const was = await allLines(deps.usage, before);
  const lines = was.map((line) => rerated(line, book));
  requirePrices(was, lines, book);
  const series = (await deps.history.version(owner, month, version))?.series ?? [];
  const stage = status === 'PROVISIONAL' ? 'PROVISIONAL' : 'FINAL';
  return chargedProfile(deps)({ owner, month, stage, lines, series, asOf, priceBookId: book.bookId, ...(accrual === undefined ? {} : { accrual }) }, before);
};

/**
 * Books a breakout's month as another price book rates the same quantities, by the same price terms: the correction of an
 * error in prices. Its difference is billed where any correction is. What is measured later keeps the book. Answers
 * undefined when nothing is booked of the month.
 * @throws ConflictError (`price-missing`) when the book lacks a price that the month has; UnavailableError as `bookDerived` does
 */
export const bookRerated =
  (deps: BookReratedDeps) =>
  async ({ owner, month, book }: { readonly owner: BreakoutOwner; readonly month: string; readonly book: PriceBook }): Promise<ReratedBooking | undefined> => {
    const { usage, now } = deps;
    let before: ProfileHead | undefined;
    const after = await bookDerived({ usage, now: () => new Date(now()) })(owner, month, async (head) => {
      before = head;
      return head && reratedProfile(deps, head, book);
    });
    return before && after && { before, after };
  };
