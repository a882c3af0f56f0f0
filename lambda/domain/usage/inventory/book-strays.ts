import type { PriceBookStore } from '../../pricing/price-book.ts';
import { bookDerived, type BookProfileDeps } from '../book-profile.ts';
import { dayMilliseconds, dayOf } from '../calendar-day.ts';
import { isoTime, monthInterval, monthOf } from '../calendar-month.ts';
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

const bookMonth = async (deps: BookStraysDeps, place: StrayDay['place'], month: string, at: number): Promise<void> => {
  const days = await deps.strays.month(place, month);
  const purpose = strayPurpose(place);
  // Where there has been nothing there is nothing to book.
  if (days.every(({ bytes }) => bytes === 0n) && (await deps.usage.head({ kind: 'PLATFORM', purpose }, month)) === undefined) return;
  const { from, to } = monthInterval(month);
  const book = await deps.books.inForce(deps.pricedRegion, isoTime(from));
  await bookDerived(deps)({ kind: 'PLATFORM', purpose }, month, async () => ({
    owner: { kind: 'PLATFORM', purpose },
    month,
    stage: at >= to ? 'FINAL' : 'PROVISIONAL',
    lines: strayLines(days, month, book),
    series: [],
    asOf: deps.now().toISOString(),
    ...(book ? { priceBookId: book.bookId } : {}),
  }));
};

/** A month that is over is made final by the inventories of the next days, of which one may fail. */
const lookBackMilliseconds = 7 * dayMilliseconds;

/**
 * Keeps what a bucket has of nobody on the day of the listing, and books its month as the platform's overhead. Booking
 * a day again sets it anew.
 */
export const bookStrays =
  (deps: BookStraysDeps) =>
  async ({ place, bucket }: Pick<StrayDay, 'place' | 'bucket'>, objects: readonly StoredObject[], countedAt: number): Promise<void> => {
    const bytes = objects.reduce((sum, object) => sum + object.bytes, 0n);
    const someKeys = objects.slice(0, mostKeys).map(({ key }) => key);
    await deps.strays.keep({ place, day: dayOf(countedAt), bucket, region: deps.pricedRegion, bytes, objects: objects.length, someKeys, countedAt });
    for (const month of new Set([monthOf(countedAt - lookBackMilliseconds), monthOf(countedAt)])) await bookMonth(deps, place, month, countedAt);
  };
