import { dynamoDbOnDemandTraffic } from '../../../../lambda/adapters/dynamodb/on-demand-store.ts';
import { dynamoDbKnownPipelines, dynamoDbOverheadDays } from '../../../../lambda/adapters/dynamodb/overhead-stores.ts';
import { dynamoDbStrayDays } from '../../../../lambda/adapters/dynamodb/stray-day-store.ts';
import { claimWrites } from '../../../../lambda/adapters/dynamodb/pipeline-items.ts';
import { dynamoDbPastHolds } from '../../../../lambda/adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { describeKnownPipelinesContract, describeOnDemandContract, describeOverheadDaysContract, describeStrayDaysContract } from '../../../support/contracts/overheads-contract.ts';
import { memoryKnownPipelines, memoryOnDemandTraffic, memoryOverheadDays, memoryStrayDays } from '../../../support/usage/memory-overheads.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;
let table: Table;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
  table = dynamoDbTable(tables.documents, 'shows');
});

afterAll(() => tables.close());

describe('overheads in the table', () => {
  describeOnDemandContract(() => dynamoDbOnDemandTraffic(table));
  describeOverheadDaysContract(() => dynamoDbOverheadDays(table));
  describeStrayDaysContract(() => dynamoDbStrayDays(table));
  describeKnownPipelinesContract(() => dynamoDbKnownPipelines(table));
});

describe('overheads in memory', () => {
  const [traffic, days, strays, known] = [memoryOnDemandTraffic(), memoryOverheadDays(), memoryStrayDays(), memoryKnownPipelines()];
  describeOnDemandContract(() => traffic);
  describeOverheadDaysContract(() => days);
  describeStrayDaysContract(() => strays);
  describeKnownPipelinesContract(() => known);
});

describe('holds of an interval in the table', () => {
  it('are those that were claimed in it, by time', async () => {
    const claims = ['2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00.000Z', '2026-11-23T12:00:00.000Z', '2026-11-24T00:00:00.000Z'];
    for (const claimedAt of claims) {
      const [, past] = claimWrites({ pipelineId: 'pl_held', breakoutId: 'bko_1', attempt: 1, accountId: 'acc_1', claimedAt });
      await table.transact([past!]);
    }

    const found = await dynamoDbPastHolds(table).claimedIn('pl_held', { from: Date.parse('2026-11-23T00:00:00Z'), to: Date.parse('2026-11-24T00:00:00Z') });

    expect(found.map(({ claimedAt }) => claimedAt)).toEqual(claims.slice(1, 3));
  });
});
