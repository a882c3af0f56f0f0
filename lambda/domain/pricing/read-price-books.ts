import { InvalidInputError, NotFoundError } from '../shared/errors.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { PriceBook, PriceBookHead, PriceBookStore } from './price-book.ts';
import { pricedServices, type PricedService, type Rate } from './rate.ts';

/** What reading price books needs. */
export interface ReadPriceBooksDeps {
  readonly books: Pick<PriceBookStore, 'get' | 'list'>;
  /** The Region whose prices apply. */
  readonly pricedRegion: string;
}

/** A price book with some of its rates. */
export interface PriceBookPage extends PriceBookHead {
  readonly rates: Page<Rate>;
}

/** The price books of the Region whose prices apply, newest first. */
export const listPriceBooks =
  ({ books, pricedRegion }: ReadPriceBooksDeps) =>
  (page: PageRequest): Promise<Page<PriceBookHead>> =>
    books.list(pricedRegion, page);

/** A book by its id, of whatever Region. @throws NotFoundError that says where there are some */
export const priceBookOf =
  ({ books }: { readonly books: Pick<PriceBookStore, 'get'> }) =>
  async (bookId: string): Promise<PriceBook> => {
    const [region = ''] = bookId.split('@', 1);
    const book = await books.get(region, bookId);
    if (book) return book;
    const message = `there is no price book "${bookId}", expected an id such as us-east-1@2026-11-23T00:10:00.000Z: GET /price-books lists them`;
    throw new NotFoundError({ code: 'price-book-not-found', message, details: { priceBookId: bookId, list: '/price-books' } });
  };

const askedService = (asked: string): PricedService => {
  const service = pricedServices.find((one) => one === asked);
  if (service !== undefined) return service;
  const message = `"${asked}" has no rates in price books, expected ${pricedServices.join(', ')}`;
  throw new InvalidInputError({ code: 'invalid-service', message: `service ${message}`, fields: [{ field: 'service', message }] });
};

/** A book with a page of its rates, of one service where one is given, by SKU. @throws NotFoundError, InvalidInputError */
export const readPriceBook =
  (deps: ReadPriceBooksDeps) =>
  async (bookId: string, { limit, after = '' }: PageRequest, asked?: string): Promise<PriceBookPage> => {
    const service = asked === undefined ? undefined : askedService(asked);
    const { rates, ...head } = await priceBookOf(deps)(bookId);
    const rest = rates.filter((rate) => (service === undefined || rate.service === service) && rate.sku > after).sort((one, other) => (one.sku < other.sku ? -1 : 1));
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return { ...head, rates: rest.length > limit && last ? { items, next: last.sku } : { items } };
  };
