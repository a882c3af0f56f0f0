import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDbTable } from '../../../lambda/adapters/dynamodb/table.ts';
import type { ItemKey } from '../../../lambda/contract/table-keys.ts';
import type { StageAccess } from './stage-driver.ts';

/** Sets fields of an item of a stage's table: times that a journey cannot wait for. */
export const setFields = async (access: StageAccess, key: ItemKey, set: Readonly<Record<string, string | number>>): Promise<void> => {
  const client = new DynamoDBClient({ ...access });
  const { TableNames: [tableName = ''] = [] } = await client.send(new ListTablesCommand({}));
  await dynamoDbTable(DynamoDBDocumentClient.from(client), tableName).update(key, { set });
  client.destroy();
};
