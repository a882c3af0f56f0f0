import { dynamoDbChannelTurns } from '../../../../lambda/adapters/dynamodb/channel-turns.ts';
import { dynamoDbOnDemandTraffic } from '../../../../lambda/adapters/dynamodb/on-demand-store.ts';
import { dynamoDbCamOverheadDays, dynamoDbKnownPipelines, dynamoDbOverheadDays } from '../../../../lambda/adapters/dynamodb/overhead-stores.ts';
import { dynamoDbStrayDays } from '../../../../lambda/adapters/dynamodb/stray-day-store.ts';
import { claimWrites } from '../../../../lambda/adapters/dynamodb/pipeline-items.ts';
import { dynamoDbPastHolds } from '../../../../lambda/adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUnendedConversions } from '../../../../lambda/adapters/dynamodb/unended-conversions.ts';
import { describeCamOverheadDaysContract, describeChannelTurnsContract, describeKnownPipelinesContract, describeOnDemandContract, describeOverheadDaysContract, describeStrayDaysContract, describeUnendedConversionsContract } from '../../../support/contracts/overheads-contract.ts';
import { memoryUnendedConversions } from '../../../support/recordings/memory-unended-conversions.ts';
import { memoryCamOverheadDays, memoryChannelTurns, memoryKnownPipelines, memoryOnDemandTraffic, memoryOverheadDays, memoryStrayDays } from '../../../support/usage/memory-overheads.ts';
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
  describeCamOverheadDaysContract(() => dynamoDbCamOverheadDays(table));
  describeStrayDaysContract(() => dynamoDbStrayDays(table));
  describeKnownPipelinesContract(() => dynamoDbKnownPipelines(table));
  describeUnendedConversionsContract(() => dynamoDbUnendedConversions(table));
  describeChannelTurnsContract(() => dynamoDbChannelTurns(table));
});

describe('overheads in memory', () => {
  const turns = memoryChannelTurns();
  describeChannelTurnsContract(() => turns);
  const [traffic, days, camDays, strays, known, unended] = [memoryOnDemandTraffic(), memoryOverheadDays(), memoryCamOverheadDays(), memoryStrayDays(), memoryKnownPipelines(), memoryUnendedConversions()];
  describeOnDemandContract(() => traffic);
  describeOverheadDaysContract(() => days);
  describeCamOverheadDaysContract(() => camDays);
  describeStrayDaysContract(() => strays);
  describeKnownPipelinesContract(() => known);
  describeUnendedConversionsContract(() => unended);
});

describe('pipelines in the table', () => {
  it('are read as Pro ones where they were kept before there were others', async () => {
    await table.put({ PK: 'PLATFORM', SK: 'KNOWNPIPELINE#pl_0', type: 'KnownPipeline', schemaVersion: 1, pipelineId: 'pl_0', region: 'us-east-1', distributionId: 'E0', pushInputs: 1, knownSince: 1, lastSeenAt: 2 });

    expect((await dynamoDbKnownPipelines(table).list())[0]).toEqual({ kind: 'PRO', pipelineId: 'pl_0', region: 'us-east-1', distributionId: 'E0', pushInputs: 1, knownSince: 1, lastSeenAt: 2 });
  });
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
