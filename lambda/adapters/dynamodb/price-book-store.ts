import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { bookIdOf, type PriceBook, type PriceBookHead, type PriceBookStore } from '../../domain/pricing/price-book.ts';
import { pricedServices, type Rate } from '../../domain/pricing/rate.ts';
import { attempted } from './attempted.ts';
import { isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import { chunksOfRates, ratesSchema } from './price-rates.ts';
import type { Item, Table } from './table.ts';

const bookCodec = itemCodec<PriceBookHead>(
  'PriceBook',
  1,
  z.object({ bookId: z.string(), region: z.string(), fetchedAt: z.string(), publications: z.record(z.string(), z.string()) }),
);

const readRates = async (table: Table, bookId: string): Promise<readonly Rate[]> => {
  const { PK: partition, SK: prefix } = itemKey.priceRates(bookId, '');
  const items = await table.query({ partition, prefix });
  return items.flatMap(({ rates }) => ratesSchema.parse(typeof rates === 'string' ? JSON.parse(rates) : rates));
};

const readBook = async (table: Table, item: Item | undefined): Promise<PriceBook | undefined> => {
  if (!item) return undefined;
  const book = bookCodec.decode(item);
  return { ...book, rates: await readRates(table, book.bookId) };
};

/** Books never change and are read with every measurement: a function's environment keeps the newest it has read. */
const cached = (): { get(bookId: string): PriceBook | undefined; keep(book: PriceBook | undefined): PriceBook | undefined } => {
  let kept: PriceBook | undefined;
  return {
    get: (bookId) => (kept?.bookId === bookId ? kept : undefined),
    keep: (book) => (kept = book ?? kept) && book,
  };
};

/** Keeps price books in the one table: `dynamodb:GetItem`, `Query`; `PutItem` for who adds books. */
export const dynamoDbPriceBookStore = (table: Table): PriceBookStore => {
  const cache = cached();
  const read = async (item: Item | undefined): Promise<PriceBook | undefined> => (item && cache.get(bookCodec.decode(item).bookId)) ?? cache.keep(await readBook(table, item));
  return {
    latest: async (region) => {
      const { PK: partition, SK: prefix } = itemKey.priceBook(region, '');
      const [item] = await table.query({ partition, prefix, newestFirst: true, limit: 1 });
      return read(item);
    },
    inForce: async (region, at) => {
      const { PK: partition, SK: prefix } = itemKey.priceBook(region, '');
      const { SK: before } = itemKey.priceBook(region, bookIdOf(region, at));
      const [item] = await table.query({ partition, prefix, before, newestFirst: true, limit: 1 });
      return read(item ?? (await table.query({ partition, prefix, limit: 1 }))[0]);
    },
    get: async (region, bookId) => cache.get(bookId) ?? cache.keep(await readBook(table, await table.get(itemKey.priceBook(region, bookId)))),
    list: async (region, { limit, after }) => {
      const { PK: partition, SK: prefix } = itemKey.priceBook(region, '');
      // The last of the page before is found again, and one more than asked tells whether there is a next page.
      const before = after === undefined ? {} : { before: itemKey.priceBook(region, after).SK };
      const found = (await table.query({ partition, prefix, ...before, newestFirst: true, limit: limit + 2 })).map((item) => bookCodec.decode(item)).filter(({ bookId }) => bookId !== after);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return found.length > limit && last ? { items, next: last.bookId } : { items };
    },
    add: async ({ rates, ...book }) => {
      // The rates first: nobody looks for them until the book is there. What is kept already stays.
      for (const service of pricedServices) {
        const chunks = chunksOfRates(rates.filter((rate) => rate.service === service));
        for (const [index, chunk] of chunks.entries()) {
          await attempted(table.put({ ...itemKey.priceRates(book.bookId, `${service}#${index}`), type: 'PriceRates', schemaVersion: 1, rates: JSON.stringify(chunk) }, isAbsent));
        }
      }
      await attempted(table.put({ ...bookCodec.encode(book), ...itemKey.priceBook(book.region, book.bookId) }, isAbsent));
    },
  };
};
