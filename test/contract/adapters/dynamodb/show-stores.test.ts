import { dynamoDbAccountStore, dynamoDbMemberships } from '../../../../lambda/adapters/dynamodb/account-store.ts';
import { dynamoDbBreakoutStore } from '../../../../lambda/adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore, dynamoDbShowRunStore } from '../../../../lambda/adapters/dynamodb/channel-run-store.ts';
import { dynamoDbEventStore } from '../../../../lambda/adapters/dynamodb/event-store.ts';
import { dynamoDbIdempotencyStore } from '../../../../lambda/adapters/dynamodb/idempotency-store.ts';
import { dynamoDbPastHolds, dynamoDbPipelineCalendar, dynamoDbPipelineHolds } from '../../../../lambda/adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbStreamSessionStore } from '../../../../lambda/adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { describeAccountStoreContract } from '../../../support/contracts/account-store-contract.ts';
import { describePlanStoresContract } from '../../../support/contracts/breakout-store-contract.ts';
import { describeCamRunStoreContract } from '../../../support/contracts/cam-run-store-contract.ts';
import { describeChannelRunStoreContract } from '../../../support/contracts/channel-run-store-contract.ts';
import { describeIdempotencyStoreContract } from '../../../support/contracts/idempotency-store-contract.ts';
import { describeStreamSessionContract } from '../../../support/contracts/stream-session-contract.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;
let table: Table;
let now = Date.parse('2026-11-23T10:00:00Z');

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
  table = dynamoDbTable(tables.documents, 'shows');
});

afterAll(() => tables.close());

describe('plans in the table', () =>
  describePlanStoresContract(() => ({
    events: dynamoDbEventStore(table),
    breakouts: dynamoDbBreakoutStore(table),
    calendar: dynamoDbPipelineCalendar(table),
    holds: dynamoDbPipelineHolds(table),
    pastHolds: dynamoDbPastHolds(table),
  })));

describe('accounts in the table', () =>
  describeAccountStoreContract(() => ({ accounts: dynamoDbAccountStore(table), memberships: dynamoDbMemberships(table) })));

describe('runs in the table', () => describeChannelRunStoreContract(() => dynamoDbChannelRunStore(table)));

describe('runs of both kinds in the table', () =>
  describeCamRunStoreContract(() => ({ channelRuns: dynamoDbChannelRunStore(table), camRuns: dynamoDbCamRunStore(table), showRuns: dynamoDbShowRunStore(table) })));

describe('stream sessions in the table', () => describeStreamSessionContract(() => dynamoDbStreamSessionStore(table)));

describe('idempotency keys in the table', () =>
  describeIdempotencyStoreContract(() => dynamoDbIdempotencyStore(table, () => now), (milliseconds) => { now += milliseconds; }));
