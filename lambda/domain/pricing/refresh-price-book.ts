import { UnavailableError } from '../shared/errors.ts';
import { isMetered } from './metered-rates.ts';
import { bookIdOf, type Catalogue, type PriceBook, type PriceBookStore, type PriceCatalogue, type UnreadableProduct } from './price-book.ts';
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

/** What a refresh came to. */
export interface RefreshedPriceBook {
  /** The book that is in force now. */
  readonly bookId: string;
  readonly isNew: boolean;
  /** Metered products that could not be read and that no book has had: what needs them has no price. */
  readonly leftOut: readonly UnreadableProduct[];
}

const listEmpty = (region: string): UnavailableError =>
  new UnavailableError({ code: 'price-list-empty', message: `the price list has no metered rate for ${region}: check PRICED_REGION and PRICE_LIST_REGION` });

const listWorse = (what: string, { bookId }: PriceBook): UnavailableError =>
  new UnavailableError({ code: 'price-list-unreadable', message: `the price list cannot be read as before: ${what}. No book was made of it and ${bookId} stays in force: when this goes on, the list has changed its shape` });

/** A product that may be metered: also one of which not even that is known. */
const mayBeMetered = (product: UnreadableProduct): boolean => product.usageType === '' || isMetered(product);

/**
 * Refuses a list of which less can be read than the newest book has, so that a fault, or a change of the list's shape,
 * never takes a price away. @throws UnavailableError
 */
const requireNoLoss = (latest: PriceBook, rates: readonly Rate[], unreadable: readonly UnreadableProduct[]): void => {
  const known = new Set(latest.rates.map(({ sku }) => sku));
  const lost = unreadable.filter(({ sku }) => sku === '' || known.has(sku));
  const [first] = lost;
  if (first) throw listWorse(`${lost.length} products that are metered, the first ${first.service} ${first.sku} ${first.usageType}: ${first.problem}`, latest);
  const services = new Set(rates.map(({ service }) => service));
  const gone = pricedServices.find((service) => !services.has(service) && latest.rates.some((rate) => rate.service === service));
  if (gone !== undefined) throw listWorse(`it has no metered rate of ${gone}, and had some`, latest);
};

const readAll = async (catalogue: PriceCatalogue, region: string): Promise<ReadonlyMap<string, Catalogue>> => {
  const read = new Map<string, Catalogue>();
  // One after the other: together they would only wait for one another at the list's own pace.
  for (const service of pricedServices) read.set(service, await catalogue.read(service, region));
  return read;
};

/**
 * Reads the price list of a Region and keeps it as a new book when it differs from the newest one. Services that have no
 * rates in the Region leave their lines unpriced. A book is never made of a list that can be read less well than before.
 * @throws UnavailableError when the list answers nothing at all, or less than the newest book has
 */
export const refreshPriceBook =
  ({ catalogue, books, now }: RefreshPriceBookDeps) =>
  async (region: string): Promise<RefreshedPriceBook> => {
    const read = await readAll(catalogue, region);
    const rates = [...read.values()].flatMap((one) => one.rates.filter(isMetered)).sort(bySku);
    const leftOut = [...read.values()].flatMap((one) => one.unreadable.filter(mayBeMetered));
    const latest = await books.latest(region);
    if (latest) requireNoLoss(latest, rates, leftOut);
    if (rates.length === 0) throw listEmpty(region);
    const fetchedAt = now().toISOString();
    const publications = Object.fromEntries([...read].map(([service, { publication }]) => [service, publication]));
    const book: PriceBook = { bookId: bookIdOf(region, fetchedAt), region, fetchedAt, publications, rates };
    if (latest && content(latest) === content(book)) return { bookId: latest.bookId, isNew: false, leftOut };
    await books.add(book);
    return { bookId: book.bookId, isNew: true, leftOut };
  };
