import type { PriceBook, PriceBookStore } from '../../pricing/price-book.ts';
import type { Rate } from '../../pricing/rate.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import { meteredQuantitiesOf } from '../metered-totals.ts';
import type { HolderQuantities } from './sku-weights.ts';
import type { RateOf } from './tier-adjustments.ts';

/** What finding the rates of a month's quantities needs. */
export interface MonthRatesDeps {
  readonly books: Pick<PriceBookStore, 'inForce' | 'get'>;
  /** The Region whose prices apply. */
  readonly pricedRegion: string;
}

type Rates = ReadonlyMap<string, Rate>;

const ratesIn = (books: readonly (PriceBook | undefined)[], skus: ReadonlySet<string>): Rates =>
  new Map(books.flatMap((book) => book?.rates ?? []).filter(({ sku }) => skus.has(sku)).map((rate) => [rate.sku, rate]));

/** Of the book that was in force when the month ended; what that does not have any more, of the one when it began. */
const ratesOfMonth = async ({ books, pricedRegion }: MonthRatesDeps, month: string, skus: ReadonlySet<string>): Promise<Rates> => {
  const { from, to } = monthInterval(month);
  const first = await books.inForce(pricedRegion, isoTime(from));
  return ratesIn([first, await books.inForce(pricedRegion, isoTime(to - 1))], skus);
};

const regionOf = (bookId: string): string => bookId.split('@', 1)[0] ?? '';

/**
 * Finds the rates that a month's quantities are rated with: of the book that each names, which is what makes own lines follow
 * a correction of prices. Those that name none, and those of a book that is not there, have the month's.
 */
export const monthRates =
  (deps: MonthRatesDeps) =>
  async (holders: readonly HolderQuantities[], month: string): Promise<RateOf> => {
    const quantities = holders.flatMap(({ totals }) => meteredQuantitiesOf(totals)).filter(({ base }) => base !== 0n);
    const skus = new Set(quantities.map(({ sku }) => sku));
    const byBook = new Map<string, Rates>();
    // One after the other: of each, only the rates in use are kept.
    for (const bookId of new Set(quantities.flatMap(({ priceBookId }) => priceBookId ?? []))) {
      const book = await deps.books.get(regionOf(bookId), bookId);
      if (book) byBook.set(bookId, ratesIn([book], skus));
    }
    const isAllNamed = quantities.every(({ priceBookId }) => priceBookId !== undefined && byBook.has(priceBookId));
    const ofMonth = isAllNamed ? new Map<string, Rate>() : await ratesOfMonth(deps, month, skus);
    return (sku, priceBookId) => (byBook.get(priceBookId ?? '') ?? ofMonth).get(sku);
  };
