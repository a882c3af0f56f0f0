import type { PriceBook, PriceBookStore } from '../pricing/price-book.ts';
import type { ProfileHead } from './usage-profile.ts';

/** What finding a show's price book needs. */
export interface BookOfShowDeps {
  readonly books: Pick<PriceBookStore, 'latest' | 'get'>;
  /** The Region whose prices apply. */
  readonly pricedRegion: string;
}

/** The book that a show's usage is rated with already, so that measuring or estimating it again changes quantities only; else the newest. */
export const bookOfShow = async ({ books, pricedRegion }: BookOfShowDeps, heads: readonly Pick<ProfileHead, 'priceBookId'>[]): Promise<PriceBook | undefined> => {
  const rated = heads.find(({ priceBookId }) => priceBookId !== undefined)?.priceBookId;
  const book = rated === undefined ? undefined : await books.get(pricedRegion, rated);
  return book ?? books.latest(pricedRegion);
};
