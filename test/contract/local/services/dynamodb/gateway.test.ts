import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { operatorIdentity } from '../../../../../local/gateway/authentication/identities.ts';
import { systemClock, timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createDynamoDbService, type DynamoDbService } from '../../../../../local/services/dynamodb/dynamodb-service.ts';
import { awsCli, describeWithAwsCli } from '../../../../support/gateway/aws-cli.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';
import { createShowsTable } from './tables-under-test.ts';

const TableName = 'shows';
const roleArn = 'arn:aws:iam::123456789012:role/reader';
let service: DynamoDbService;
let gateway: LocalGateway;
let client: DynamoDBClient;
let reader: DynamoDBClient;

beforeAll(async () => {
  service = await createDynamoDbService({
    state: memoryStateStore(),
    clock: systemClock,
    timeScale: timeScale(Infinity),
    accountId: '123456789012',
    region: 'us-east-1',
    transactionMilliseconds: 30,
  });
  gateway = await startGateway({
    services: [service],
    access: {
      identity: (accessKeyId) =>
        accessKeyId === 'reader' ? { principal: { kind: 'role', roleArn, sessionName: 'test' }, secretAccessKey: 'reader' } : operatorIdentity,
      denial: (principal, { action, resources }) =>
        principal.kind === 'operator' || action === 'dynamodb:GetItem' ? undefined : `${roleArn} is not authorized to perform: ${action} on resource: ${resources.join()}`,
    },
  });
  client = new DynamoDBClient({ ...gateway.settings, maxAttempts: 1 });
  reader = new DynamoDBClient({ ...gateway.settings, credentials: { accessKeyId: 'reader', secretAccessKey: 'reader' }, maxAttempts: 1 });
  await createShowsTable(client);
});

afterAll(async () => {
  client.destroy();
  reader.destroy();
  await gateway.close();
  await service.close();
});

describe('DynamoDB through the gateway', () => {
  it('keeps what is put', async () => {
    const documents = DynamoDBDocumentClient.from(client);
    await documents.send(new PutCommand({ TableName, Item: { PK: 'A', SK: 'x', n: 1 } }));

    expect((await documents.send(new GetCommand({ TableName, Key: { PK: 'A', SK: 'x' } }))).Item).toEqual({ PK: 'A', SK: 'x', n: 1 });
  });

  it('denies a role what its policies do not allow', async () => {
    const documents = DynamoDBDocumentClient.from(reader);

    await documents.send(new GetCommand({ TableName, Key: { PK: 'A', SK: 'x' } }));
    const refused = documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { PK: 'A', SK: 'x' } } }] }));

    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `${roleArn} is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/shows`,
    });
  });

  it('lets one of many concurrent transactions on an item through, and cancels others', async () => {
    const documents = DynamoDBDocumentClient.from(client);
    const claim = (holder: number) =>
      documents.send(
        new TransactWriteCommand({
          TransactItems: [{ Put: { TableName, Item: { PK: 'pipeline', SK: 'HOLD', holder }, ConditionExpression: 'attribute_not_exists(PK)' } }],
        }),
      );

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, holder) => claim(holder)));

    const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'done' : (outcome.reason as TransactionCanceledException).CancellationReasons?.[0]?.Code));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'TransactionConflict').length).toBeGreaterThan(0);
  });
});

describeWithAwsCli('the AWS CLI', () => {
  it('lists and describes tables', async () => {
    const listed = await awsCli(gateway.settings, 'dynamodb', 'list-tables');
    const described = await awsCli(gateway.settings, 'dynamodb', 'describe-table', '--table-name', TableName);

    expect(listed).toEqual({ TableNames: [TableName] });
    expect(described).toMatchObject({ Table: { TableName, TableStatus: 'ACTIVE', KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }, { AttributeName: 'SK', KeyType: 'RANGE' }] } });
  });

  it('puts and gets an item', async () => {
    const key = '{"PK":{"S":"cli"},"SK":{"S":"x"}}';
    await awsCli(gateway.settings, 'dynamodb', 'put-item', '--table-name', TableName, '--item', key);

    expect(await awsCli(gateway.settings, 'dynamodb', 'get-item', '--table-name', TableName, '--key', key)).toEqual({ Item: JSON.parse(key) });
  });
});
