import { dynamoDbShowLog } from '../../../../lambda/adapters/dynamodb/show-log-store.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { describeShowLogContract } from '../../../support/contracts/show-log-contract.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;
let table: Table;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
  table = dynamoDbTable(tables.documents, 'shows');
});

afterAll(() => tables.close());

describe('logs of shows in the table', () => describeShowLogContract(() => dynamoDbShowLog(table)));
