import { CloudWatchLogsClient, paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateGetExecutionHistory, paginateListExecutions, paginateListStateMachines, SFNClient } from '@aws-sdk/client-sfn';
import type { StageAccess } from './stage-driver.ts';

/** Where operators can read. */
type OpenPlace = 'tables' | 'executions' | 'logs';

/** The pages of a list, as texts. */
const textOf = async (pages: AsyncIterable<object>): Promise<string> => {
  const texts: string[] = [];
  for await (const page of pages) texts.push(JSON.stringify(page));
  return texts.join('\n');
};

const tables = async (client: DynamoDBClient): Promise<string> => {
  const texts: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    for (const TableName of TableNames) texts.push(await textOf(paginateScan({ client }, { TableName })));
  }
  return texts.join('\n');
};

const executions = async (client: SFNClient): Promise<string> => {
  const texts: string[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn } of stateMachines) {
      for await (const { executions: found = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
        for (const { executionArn } of found) texts.push(await textOf(paginateGetExecutionHistory({ client, pageSize: 1_000 }, { executionArn, includeExecutionData: true })));
      }
    }
  }
  return texts.join('\n');
};

const logs = async (client: CloudWatchLogsClient): Promise<string> => {
  const texts: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    for (const { logGroupName } of logGroups) texts.push(await textOf(paginateFilterLogEvents({ client }, { logGroupName })));
  }
  return texts.join('\n');
};

/** Reads all items of all tables, all that executions were given and gave, and all that functions and the API have logged; answers in which of them a text stands. */
export const readWrittenDown = async (aws: StageAccess): Promise<(text: string) => readonly OpenPlace[]> => {
  const clients = { tables: new DynamoDBClient({ ...aws }), executions: new SFNClient({ ...aws }), logs: new CloudWatchLogsClient({ ...aws }) };
  const places: readonly (readonly [OpenPlace, string])[] = [['tables', await tables(clients.tables)], ['executions', await executions(clients.executions)], ['logs', await logs(clients.logs)]];
  for (const client of Object.values(clients)) client.destroy();
  return (text) => places.filter(([, written]) => written.includes(text)).map(([place]) => place);
};
