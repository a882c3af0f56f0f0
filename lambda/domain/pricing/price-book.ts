import type { PricedService, Rate } from './rate.ts';

/** An immutable, dated snapshot of the AWS price list for one Region that charges are rated from. */
export interface PriceBook {
  /** Sorts by time of fetching within a Region: `us-east-1@2026-11-23T00:10:00.000Z`. */
  readonly bookId: string;
  readonly region: string;
  readonly fetchedAt: string;
  /** The list's publication version of each service. */
  readonly publications: Readonly<Record<string, string>>;
  readonly rates: readonly Rate[];
}

/** What the price list says of one service now. */
export interface Catalogue {
  readonly publication: string;
  readonly rates: readonly Rate[];
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
  /** Keeps a new book. Books never change. */
  add(book: PriceBook): Promise<void>;
}

/** The id of a book. */
export const bookIdOf = (region: string, fetchedAt: string): string => `${region}@${fetchedAt}`;
