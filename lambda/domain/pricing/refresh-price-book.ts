import { UnavailableError } from '../shared/errors.ts';
import { isMetered } from './metered-rates.ts';
import { bookIdOf, type PriceBook, type PriceBookStore, type PriceCatalogue } from './price-book.ts';
import { pricedServices, type Rate } from './rate.ts';

/** What a refresh needs. */
export interface RefreshPriceBookDeps {
  readonly catalogue: PriceCatalogue;
  readonly books: Pick<PriceBookStore, 'latest' | 'get' | 'add'>;
  readonly now: () => Date;
}

const bySku = (left: Rate, right: Rate): number => (left.sku < right.sku ? -1 : left.sku > right.sku ? 1 : 0);

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]));
};

const content = ({ rates }: PriceBook): string => JSON.stringify(canonical(rates));

/**
 * Reads the price list of a Region and keeps it as a new book when it differs from the newest one.
 * Services that have no rates in the Region leave their lines unpriced.
 * @throws UnavailableError when the list answers nothing at all, so that a fault never looks like a price change
 */
export const refreshPriceBook =
  ({ catalogue, books, now }: RefreshPriceBookDeps) =>
  async (region: string): Promise<{ readonly bookId: string; readonly isNew: boolean }> => {
    const publications: Record<string, string> = {};
    const rates: Rate[] = [];
    for (const service of pricedServices) {
      const read = await catalogue.read(service, region);
      publications[service] = read.publication;
      rates.push(...read.rates.filter(isMetered));
    }
    if (rates.length === 0) {
      throw new UnavailableError({ code: 'price-list-empty', message: `the price list has no metered rate for ${region}: check PRICED_REGION and PRICE_LIST_REGION` });
    }
    const fetchedAt = now().toISOString();
    const book: PriceBook = { bookId: bookIdOf(region, fetchedAt), region, fetchedAt, publications, rates: rates.sort(bySku) };
    const latest = await books.latest(region);
    if (latest && content(latest) === content(book)) return { bookId: latest.bookId, isNew: false };
    await books.add(book);
    return { bookId: book.bookId, isNew: true };
  };
