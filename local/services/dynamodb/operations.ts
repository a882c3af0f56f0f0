import { batchWriteItem } from './batch-writes.ts';
import type { EngineOperation } from './engine-operations.ts';
import type { Members } from './engine.ts';
import { writeItem } from './single-writes.ts';
import { createTable, deleteTable, describeTable, updateTable } from './table-operations.ts';
import { describeContinuousBackups, describeTimeToLive, updateContinuousBackups, updateTimeToLive } from './table-settings.ts';
import type { TableWorld } from './table-world.ts';
import { transactGet } from './transact-get.ts';
import { transactWriteOnce } from './transaction-tokens.ts';

/** One operation, from the parsed request to the members of its answer. Throws DynamoDbFault. */
export type TableOperation = (world: TableWorld, input: Members) => Promise<Members>;

const byEngine =
  (operation: EngineOperation): TableOperation =>
  ({ engine }, input) =>
    engine.perform(operation, input);

/** Every operation that the service performs, by name. */
export const tableOperations = (): ReadonlyMap<string, TableOperation> =>
  new Map<string, TableOperation>([
    ['GetItem', byEngine('GetItem')],
    ['BatchGetItem', byEngine('BatchGetItem')],
    ['Query', byEngine('Query')],
    ['Scan', byEngine('Scan')],
    ['PutItem', writeItem('PutItem')],
    ['UpdateItem', writeItem('UpdateItem')],
    ['DeleteItem', writeItem('DeleteItem')],
    ['BatchWriteItem', batchWriteItem],
    ['TransactGetItems', transactGet],
    ['TransactWriteItems', transactWriteOnce(new Map())],
    ['CreateTable', createTable],
    ['DescribeTable', describeTable],
    ['UpdateTable', updateTable],
    ['DeleteTable', deleteTable],
    ['ListTables', byEngine('ListTables')],
    ['TagResource', byEngine('TagResource')],
    ['UntagResource', byEngine('UntagResource')],
    ['ListTagsOfResource', byEngine('ListTagsOfResource')],
    ['DescribeTimeToLive', describeTimeToLive],
    ['UpdateTimeToLive', updateTimeToLive],
    ['DescribeContinuousBackups', describeContinuousBackups],
    ['UpdateContinuousBackups', updateContinuousBackups],
  ]);
