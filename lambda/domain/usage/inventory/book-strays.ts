import type { PriceBookStore } from '../../pricing/price-book.ts';
import { bookDerived, type BookProfileDeps } from '../book-profile.ts';
import { dayOf } from '../calendar-day.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import type { StoredObject } from '../meters/storage-meter.ts';
import { strayLines, strayPurpose, type StrayDay, type StrayDays } from './stray-storage.ts';

/** What booking what nobody holds needs. */
export interface BookStraysDeps {
  readonly usage: BookProfileDeps['usage'];
  readonly strays: StrayDays;
  readonly books: Pick<PriceBookStore, 'inForce'>;
  /** The Region whose prices apply. */
  readonly pricedRegion: string;
  readonly now: () => Date;
}

const mostKeys = 5;

/**
 * Keeps what a bucket has of nobody on the day of the listing, and books the month as the platform's overhead. Booking
 * a day again sets it anew.
 */
export const bookStrays =
  (deps: BookStraysDeps) =>
  async ({ place, bucket }: Pick<StrayDay, 'place' | 'bucket'>, objects: readonly StoredObject[], countedAt: number): Promise<void> => {
    const { strays, books, pricedRegion: region, now } = deps;
    const day = dayOf(countedAt);
    const month = day.slice(0, 7);
    const bytes = objects.reduce((sum, object) => sum + object.bytes, 0n);
    await strays.keep({ place, day, bucket, region, bytes, objects: objects.length, someKeys: objects.slice(0, mostKeys).map(({ key }) => key), countedAt });
    const days = await strays.month(place, month);
    const purpose = strayPurpose(place);
    const book = await books.inForce(region, isoTime(monthInterval(month).from));
    const isLastDay = day === dayOf(monthInterval(month).to - 1);
    await bookDerived(deps)({ kind: 'PLATFORM', purpose }, month, async () => ({
      owner: { kind: 'PLATFORM', purpose },
      month,
      stage: isLastDay ? 'FINAL' : 'PROVISIONAL',
      lines: strayLines(days, month, book),
      series: [],
      asOf: now().toISOString(),
      ...(book ? { priceBookId: book.bookId } : {}),
    }));
  };
