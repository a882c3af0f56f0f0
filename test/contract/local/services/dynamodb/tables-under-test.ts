import { DynamoDBClient, waitUntilTableExists, CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../../../../local/runtime/clock.ts';
import { systemClock, timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore, type StateStore } from '../../../../../local/runtime/state/collection.ts';
import { createDynamoDbService, type DynamoDbService } from '../../../../../local/services/dynamodb/dynamodb-service.ts';
import { listenRaw, type RawServiceListener } from '../../../../support/raw-service-listener.ts';

/** A running service with its clients. */
export interface TablesUnderTest {
  readonly service: DynamoDbService;
  readonly listener: RawServiceListener;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  close(): Promise<void>;
}

/** Starts the service, instantly changing tables. */
export const startTables = async (
  options: { state?: StateStore; folder?: string; clock?: Clock; transactionMilliseconds?: number } = {},
): Promise<TablesUnderTest> => {
  const service = await createDynamoDbService({
    state: memoryStateStore(),
    clock: systemClock,
    timeScale: timeScale(Infinity),
    accountId: '123456789012',
    region: 'us-east-1',
    transactionMilliseconds: 1,
    ...options,
  });
  const listener = await listenRaw(service);
  const client = new DynamoDBClient({
    endpoint: listener.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local-operator', secretAccessKey: 'local-operator' },
    maxAttempts: 1,
  });
  return {
    service,
    listener,
    client,
    documents: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    close: async () => {
      client.destroy();
      await listener.close();
      await service.close();
    },
  };
};

/** Creates a table as shows have one: PK and SK, and the index GSI1. */
export const createShowsTable = async (client: DynamoDBClient, tableName = 'shows'): Promise<void> => {
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['PK', 'SK', 'GSI1PK', 'GSI1SK'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys('PK', 'SK'),
      GlobalSecondaryIndexes: [{ IndexName: 'GSI1', KeySchema: keys('GSI1PK', 'GSI1SK'), Projection: { ProjectionType: 'ALL' } }],
      Tags: [{ Key: 'stage', Value: 'local' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 0.01, maxDelay: 0.05 }, { TableName: tableName });
};
