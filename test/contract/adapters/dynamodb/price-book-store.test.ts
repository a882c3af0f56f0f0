import { dynamoDbPriceBookStore } from '../../../../lambda/adapters/dynamodb/price-book-store.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import { bookIdOf, type PriceBook, type PriceBookStore } from '../../../../lambda/domain/pricing/price-book.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';
import { memoryPriceBooks } from '../../../support/usage/memory-price-books.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

const bookOf = (region: string, day: number, price = '0.0300000000'): PriceBook => {
  const fetchedAt = `2026-11-${String(day).padStart(2, '0')}T00:10:00.000Z`;
  const rates = [aRate('AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', 'GB', price), aRate('AmazonS3', 'TimedStorage-ByteHrs', 'GB-Mo', '0.0230000000')];
  return aPriceBook({ bookId: bookIdOf(region, fetchedAt), region, fetchedAt, publications: { AmazonS3: 'v1' }, rates });
};

describe.each<[string, () => PriceBookStore]>([
  ['in memory', memoryPriceBooks],
  ['in the table', () => dynamoDbPriceBookStore(dynamoDbTable(tables.documents, 'shows'))],
])('price books %s', (where, storeOf) => {
  const region = (name: string): string => `${name}-${where.replaceAll(' ', '')}`;

  it('answer the newest, the one in force, and each by its id', async () => {
    const store = storeOf();
    const [first, second, third] = [bookOf(region('one'), 1), bookOf(region('one'), 9), bookOf(region('one'), 20)];
    for (const book of [second, third, first]) await store.add(book);

    expect(await store.latest(region('one'))).toEqual(third);
    expect(await store.inForce(region('one'), '2026-11-15T00:00:00.000Z')).toEqual(second);
    expect(await store.inForce(region('one'), second.fetchedAt)).toEqual(second);
    expect(await store.inForce(region('one'), '2026-10-01T00:00:00.000Z')).toEqual(first);
    expect(await store.get(region('one'), first.bookId)).toEqual(first);
    expect(await store.get(region('one'), 'one@never')).toBeUndefined();
    expect(await store.latest(region('none'))).toBeUndefined();
  });

  it('are listed newest first, page by page, without their rates', async () => {
    const store = storeOf();
    for (let day = 1; day <= 5; day += 1) await store.add(bookOf(region('two'), day));
    await store.add(bookOf(region('three'), 7));
    const days: string[][] = [];
    let after: string | undefined;
    do {
      const page = await store.list(region('two'), { limit: 2, ...(after === undefined ? {} : { after }) });
      expect(page.items.every((head) => !('rates' in head))).toBe(true);
      days.push(page.items.map(({ fetchedAt }) => fetchedAt.slice(8, 10)));
      after = page.next;
    } while (after !== undefined);

    expect(days).toEqual([['05', '04'], ['03', '02'], ['01']]);
    expect(await store.list(region('none'), { limit: 2 })).toEqual({ items: [] });
  });

  it('never change', async () => {
    const store = storeOf();
    const kept = bookOf(region('four'), 1);
    await store.add(kept);

    await store.add(bookOf(region('four'), 1, '9.9900000000'));

    expect(await storeOf().get(region('four'), kept.bookId) ?? (await store.get(region('four'), kept.bookId))).toEqual(kept);
  });
});
