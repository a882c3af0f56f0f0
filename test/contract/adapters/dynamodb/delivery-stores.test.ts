import { randomBytes } from 'node:crypto';
import { dynamoDbAudienceStore } from '../../../../lambda/adapters/dynamodb/audience-store.ts';
import { dynamoDbDeliveryLogStore } from '../../../../lambda/adapters/dynamodb/delivery-log-store.ts';
import { dynamoDbLateLogs } from '../../../../lambda/adapters/dynamodb/late-log-store.ts';
import { dynamoDbMetricRechecks } from '../../../../lambda/adapters/dynamodb/metric-recheck-store.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { describeAudienceStoreContract } from '../../../support/contracts/audience-store-contract.ts';
import { describeDeliveryLogContract, describeLateLogsContract, describeRechecksContract } from '../../../support/contracts/delivery-log-contract.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;
let table: Table;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
  table = dynamoDbTable(tables.documents, 'shows');
});

afterAll(() => tables.close());

describe('the delivery log in the table', () => {
  describeDeliveryLogContract(() => dynamoDbDeliveryLogStore(table));
  describeLateLogsContract(() => ({ logs: dynamoDbDeliveryLogStore(table), late: dynamoDbLateLogs(table) }));

  it('reads totals from before paths said what they were for', async () => {
    const rows = JSON.stringify([[Date.parse('2026-11-23T10:59:00Z'), 'bko_1', 'US', 'https', 'Hit', '1', '10'], [Date.parse('2026-11-23T10:59:00Z'), null, 'US', 'https', 'Hit', '1', '5']]);
    await table.put({ PK: 'DISTRIBUTION#EOLD', SK: 'LOG#2026-11-23T10#a.gz', type: 'DeliveryLog', schemaVersion: 1, distributionId: 'EOLD', hour: '2026-11-23T10', source: 'a.gz', rows });

    const read = await dynamoDbDeliveryLogStore(table).rows('EOLD', { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T11:00:00Z') });

    expect(read.map(({ kind, bytes }) => [kind, bytes])).toEqual([[null, 5n], ['AUDIENCE', 10n]]);
  });
});

describe('rechecks in the table', () => {
  describeRechecksContract(() => dynamoDbMetricRechecks(table));
});

describe('audiences in the table', () => {
  describeAudienceStoreContract(() => dynamoDbAudienceStore(table, { randomBytes }));
});
