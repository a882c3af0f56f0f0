import { dynamoDbHoldingStore } from '../../../../lambda/adapters/dynamodb/holding-store.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbPriceBookStore } from '../../../../lambda/adapters/dynamodb/price-book-store.ts';
import { describeHoldingStoreContract } from '../../../support/contracts/holding-store-contract.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { memoryHoldingStore } from '../../../support/usage/memory-holding-store.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;
let table: Table;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
  table = dynamoDbTable(tables.documents, 'shows');
});

afterAll(() => tables.close());

describe('holdings in the table', () => {
  describeHoldingStoreContract(() => dynamoDbHoldingStore(table));
});

describe('holdings in memory', () => {
  const memory = memoryHoldingStore();
  describeHoldingStoreContract(() => memory);
});

describe('price books in the table', () => {
  it('answers the one that was in force then, else the oldest', async () => {
    const books = dynamoDbPriceBookStore(table);
    for (const fetchedAt of ['2026-11-01T00:00:00.000Z', '2026-12-10T00:00:00.000Z']) await books.add(aPriceBook({ bookId: `us-east-1@${fetchedAt}`, fetchedAt }));

    const asked = ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'];

    expect(await Promise.all(asked.map(async (at) => (await books.inForce('us-east-1', at))?.fetchedAt.slice(5, 10)))).toEqual(['11-01', '11-01', '11-01', '12-10']);
    expect(await books.inForce('eu-west-1', asked[0]!)).toBeUndefined();
  });
});
