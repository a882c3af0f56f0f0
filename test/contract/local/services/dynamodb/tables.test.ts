import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  CreateBackupCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { folderStateStore } from '../../../../../local/runtime/state/collection.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { createShowsTable, startTables, type TablesUnderTest } from './tables-under-test.ts';

const TableName = 'shows';

describe('a table', () => {
  let tables: TablesUnderTest;
  const clock = manualClock();

  beforeAll(async () => {
    tables = await startTables({ clock });
    await createShowsTable(tables.client);
  });

  afterAll(() => tables.close());

  it('is described with its ARN, index and tags', async () => {
    const { Table } = await tables.client.send(new DescribeTableCommand({ TableName }));
    const { Tags } = await tables.client.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn ?? '' }));

    expect(Table).toMatchObject({
      TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/shows',
      TableStatus: 'ACTIVE',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'GSI1', IndexStatus: 'ACTIVE' }],
      DeletionProtectionEnabled: false,
    });
    expect(Tags).toEqual([{ Key: 'stage', Value: 'local' }]);
  });

  it('cannot be created twice', async () => {
    await expect(createShowsTable(tables.client)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });

  it('forgets items after their expiry', async () => {
    await tables.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } }));
    const now = Math.floor(clock.now() / 1000);
    const items = [
      { PK: 'ttl', SK: 'past', expiresAt: now - 1, GSI1PK: 'ttl', GSI1SK: 'past' },
      { PK: 'ttl', SK: 'future', expiresAt: now + 60, GSI1PK: 'ttl', GSI1SK: 'future' },
      { PK: 'ttl', SK: 'milliseconds', expiresAt: clock.now() },
    ];
    for (const Item of items) await tables.documents.send(new PutCommand({ TableName, Item }));

    expect(await tables.service.sweepExpired()).toBe(1);

    const { Items } = await tables.client.send(
      new QueryCommand({ TableName, IndexName: 'GSI1', KeyConditionExpression: 'GSI1PK = :pk', ExpressionAttributeValues: { ':pk': { S: 'ttl' } } }),
    );
    expect(Items?.map(({ SK }) => SK?.S)).toEqual(['future']);
  });

  it('says by which attribute items expire, and refuses to enable it twice', async () => {
    const { TimeToLiveDescription } = await tables.client.send(new DescribeTimeToLiveCommand({ TableName }));

    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    await expect(
      tables.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('remembers point-in-time recovery', async () => {
    await tables.client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }));

    const { ContinuousBackupsDescription } = await tables.client.send(new DescribeContinuousBackupsCommand({ TableName }));

    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe('ENABLED');
  });

  it('is not deleted while it is protected', async () => {
    await tables.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    await expect(tables.client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({ name: 'ValidationException' });

    await tables.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await tables.client.send(new DeleteTableCommand({ TableName }));
  });

  it.each([
    ['describe', new DescribeTableCommand({ TableName: 'nowhere' })],
    ['expire items of', new UpdateTimeToLiveCommand({ TableName: 'nowhere', TimeToLiveSpecification: { AttributeName: 'x', Enabled: true } })],
  ])('fails to %s what does not exist', async (_what, command) => {
    await expect(tables.client.send(command as DescribeTableCommand)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('says what local mode has not', async () => {
    await expect(tables.client.send(new CreateBackupCommand({ TableName, BackupName: 'b' }))).rejects.toThrow('CreateBackup is not available in local mode');
  });
});

describe('tables in a folder', () => {
  it('survive a restart, with settings and transactions done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tables-'));
    const open = () => startTables({ folder: join(folder, 'engine'), state: folderStateStore(join(folder, 'state')) });
    const transaction = new TransactWriteItemsCommand({
      ClientRequestToken: 'once',
      TransactItems: [
        { Update: { TableName, Key: { PK: { S: 'A' }, SK: { S: 'n' } }, UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
      ],
    });
    const before = await open();
    await createShowsTable(before.client);
    await before.client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } }));
    await before.client.send(transaction);
    await before.close();

    const after = await open();
    await after.client.send(transaction);

    const { Item } = await after.documents.send(new GetCommand({ TableName, Key: { PK: 'A', SK: 'n' } }));
    const { TableNames } = await after.client.send(new ListTablesCommand({}));
    const { TimeToLiveDescription } = await after.client.send(new DescribeTimeToLiveCommand({ TableName }));
    await after.close();
    rmSync(folder, { recursive: true });
    expect([Item?.['n'], TableNames, TimeToLiveDescription?.AttributeName]).toEqual([1, ['shows'], 'expiresAt']);
  });
});
