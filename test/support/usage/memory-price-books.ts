import type { PriceBook, PriceBookStore } from '../../../lambda/domain/pricing/price-book.ts';

/** Keeps price books in memory. */
export const memoryPriceBooks = (...kept: PriceBook[]): PriceBookStore => {
  const newestFirst = (region: string): readonly PriceBook[] => kept.filter((book) => book.region === region).sort((one, other) => (one.bookId > other.bookId ? -1 : 1));
  return {
    latest: async (region) => newestFirst(region)[0],
    inForce: async (region, at) => newestFirst(region).find(({ fetchedAt }) => fetchedAt <= at) ?? newestFirst(region).at(-1),
    get: async (region, bookId) => newestFirst(region).find((book) => book.bookId === bookId),
    list: async (region, { limit, after }) => {
      const rest = newestFirst(region).filter(({ bookId }) => after === undefined || bookId < after).map(({ rates: _rates, ...head }) => head);
      const items = rest.slice(0, limit);
      return rest.length > limit ? { items, next: items.at(-1)!.bookId } : { items };
    },
    add: async (book) => {
      if (!kept.some(({ bookId }) => bookId === book.bookId)) kept.push(book);
    },
  };
};
