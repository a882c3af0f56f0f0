import type { Page, PageRequest } from '../shared/page.ts';
import type { PricedService, Rate } from './rate.ts';

/** What names and dates a price book. */
export interface PriceBookHead {
  /** Sorts by time of fetching within a Region: `us-east-1@2026-11-23T00:10:00.000Z`. */
  readonly bookId: string;
  readonly region: string;
  readonly fetchedAt: string;
  /** The list's publication version of each service. */
  readonly publications: Readonly<Record<string, string>>;
}

/** An immutable, dated snapshot of the AWS price list for one Region that charges are rated from. */
export interface PriceBook extends PriceBookHead {
  readonly rates: readonly Rate[];
}

/** A product of the price list that cannot be read. What of it is not known is empty. */
export interface UnreadableProduct extends Pick<Rate, 'service' | 'sku' | 'usageType' | 'attributes'> {
  readonly problem: string;
}

/** What the price list says of one service now. */
export interface Catalogue {
  readonly publication: string;
  readonly rates: readonly Rate[];
  /** Products that are not as the list's own description has them, of whatever usage. */
  readonly unreadable: readonly UnreadableProduct[];
}

/** The price list itself. Never asked on a request's path. */
export interface PriceCatalogue {
  /** Every on-demand rate of a service in a Region (global services answer all their geographies). @throws UnavailableError */
  read(service: PricedService, region: string): Promise<Catalogue>;
}

/** Where price books are kept. */
export interface PriceBookStore {
  /** The newest book of a Region; undefined before the first refresh. */
  latest(region: string): Promise<PriceBook | undefined>;
  /** The newest book of a Region up to an instant (ISO 8601), else the oldest: what was in force then, whenever it is asked. */
  inForce(region: string, at: string): Promise<PriceBook | undefined>;
  /** A book by its id; undefined when it is not kept (any more). */
  get(region: string, bookId: string): Promise<PriceBook | undefined>;
  /** The books of a Region without their rates, newest first; `after` is the id of the last book of the page before. */
  list(region: string, page: PageRequest): Promise<Page<PriceBookHead>>;
  /** Keeps a new book. Books never change: a book whose id is kept already is left as it is. */
  add(book: PriceBook): Promise<void>;
}

/** The id of a book. */
export const bookIdOf = (region: string, fetchedAt: string): string => `${region}@${fetchedAt}`;
