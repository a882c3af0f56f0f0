import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createShowsTable, startTables, type TablesUnderTest } from './tables-under-test.ts';

const TableName = 'shows';
let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

describe('items', () => {
  it('come back as they were put', async () => {
    const Item = { PK: 'A', SK: 'whole', count: 12, bytes: 9_007_199_254_740_991, nested: { list: [1, 'two', null, true] }, tags: new Set(['a', 'b']) };

    await tables.documents.send(new PutCommand({ TableName, Item }));

    const { Item: found } = await tables.documents.send(new GetCommand({ TableName, Key: { PK: 'A', SK: 'whole' }, ConsistentRead: true }));
    expect(found).toEqual(Item);
  });

  it('fail a condition with the item when asked for it', async () => {
    await tables.documents.send(new PutCommand({ TableName, Item: { PK: 'A', SK: 'hold', holder: 'bko_1' } }));

    const refused = tables.documents.send(
      new PutCommand({
        TableName,
        Item: { PK: 'A', SK: 'hold', holder: 'bko_2' },
        ConditionExpression: 'attribute_not_exists(PK)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );

    const error = await refused.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect((error as ConditionalCheckFailedException).Item).toMatchObject({ holder: { S: 'bko_1' } });
  });

  it('fail a condition without the item by default', async () => {
    const error = await tables.documents
      .send(new DeleteCommand({ TableName, Key: { PK: 'A', SK: 'hold' }, ConditionExpression: 'holder = :other', ExpressionAttributeValues: { ':other': 'x' } }))
      .catch((caught: unknown) => caught);

    expect((error as ConditionalCheckFailedException).Item).toBeUndefined();
  });

  it('are updated and answered new', async () => {
    const { Attributes } = await tables.documents.send(
      new UpdateCommand({
        TableName,
        Key: { PK: 'A', SK: 'counter' },
        UpdateExpression: 'SET #name = if_not_exists(#name, :name) ADD units :more',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: { ':name': 'first', ':more': 5 },
        ReturnValues: 'ALL_NEW',
      }),
    );

    expect(Attributes).toEqual({ PK: 'A', SK: 'counter', name: 'first', units: 5 });
  });

  it('are queried in order, by prefix, backwards and in pages', async () => {
    for (const n of [3, 1, 2]) await tables.documents.send(new PutCommand({ TableName, Item: { PK: 'Q', SK: `RUN#${n}`, n } }));
    await tables.documents.send(new PutCommand({ TableName, Item: { PK: 'Q', SK: 'SHOW' } }));
    const query = {
      TableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :run)',
      ExpressionAttributeValues: { ':pk': 'Q', ':run': 'RUN#' },
      ScanIndexForward: false,
      Limit: 2,
    };

    const first = await tables.documents.send(new QueryCommand(query));
    const second = await tables.documents.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));

    expect([...(first.Items ?? []), ...(second.Items ?? [])].map(({ n }) => n)).toEqual([3, 2, 1]);
  });

  it('are listed by an index, which refuses consistent reads', async () => {
    await tables.documents.send(new PutCommand({ TableName, Item: { PK: 'E1', SK: 'EVENT', GSI1PK: 'ACCOUNT#1', GSI1SK: 'E1' } }));
    const query = { TableName, IndexName: 'GSI1', KeyConditionExpression: 'GSI1PK = :pk', ExpressionAttributeValues: { ':pk': 'ACCOUNT#1' } };

    const { Items } = await tables.documents.send(new QueryCommand(query));

    expect(Items).toHaveLength(1);
    await expect(tables.documents.send(new QueryCommand({ ...query, ConsistentRead: true }))).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are written, read and scanned in batches', async () => {
    const Items = Array.from({ length: 25 }, (_, n) => ({ PK: `B${n}`, SK: 'x', flagged: true }));
    await tables.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: Items.map((Item) => ({ PutRequest: { Item } })) } }));

    const { Responses } = await tables.documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: Items.map(({ PK, SK }) => ({ PK, SK })) } } }));
    const scanned = await tables.documents.send(
      new ScanCommand({ TableName, FilterExpression: 'flagged = :yes', ExpressionAttributeValues: { ':yes': true }, Select: 'COUNT' }),
    );

    expect(Responses?.[TableName]).toHaveLength(25);
    expect(scanned.Count).toBe(25);
  });

  it.each([
    ['a reserved word', new GetCommand({ TableName, Key: { PK: 'A', SK: 'x' }, ProjectionExpression: 'name' })],
    ['an unused value', new PutCommand({ TableName, Item: { PK: 'A', SK: 'x' }, ConditionExpression: 'attribute_exists(PK)', ExpressionAttributeValues: { ':x': 1 } })],
    ['a key without its range', new GetCommand({ TableName, Key: { PK: 'A' } })],
    ['an item over 400 KB', new PutCommand({ TableName, Item: { PK: 'A', SK: 'x', text: 'x'.repeat(410_000) } })],
    ['an unknown value of ReturnValuesOnConditionCheckFailure', new PutCommand({ TableName, Item: { PK: 'A', SK: 'x' }, ReturnValuesOnConditionCheckFailure: 'ALL' as never })],
  ])('reject %s', async (_what, command) => {
    await expect(tables.documents.send(command as PutCommand)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('reject more than 400 KB, however they are written', async () => {
    const Key = { PK: 'large', SK: 'x' };
    const put = (bytes: number) => ({ Item: { ...Key, bytes: new Uint8Array(bytes) } });
    const tooLarge = { name: 'ValidationException', message: expect.stringMatching(/exceeded the maximum allowed size/) as string };
    const send = tables.documents;

    await send.send(new PutCommand({ TableName, ...put(399 * 1024) }));
    await expect(send.send(new PutCommand({ TableName, ...put(400 * 1024) }))).rejects.toMatchObject(tooLarge);
    await expect(send.send(new UpdateCommand({ TableName, Key, UpdateExpression: 'SET #m = :m', ExpressionAttributeNames: { '#m': 'more' }, ExpressionAttributeValues: { ':m': new Uint8Array(1024) } }))).rejects.toMatchObject(tooLarge);
    await expect(send.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: put(400 * 1024) }] } }))).rejects.toMatchObject(tooLarge);
    await expect(send.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, ...put(400 * 1024) } }] }))).rejects.toThrow(/exceeded the maximum allowed size|ValidationError/);
  });

  it('reject an unknown table', async () => {
    await expect(tables.documents.send(new PutCommand({ TableName: 'nowhere', Item: { PK: 'A', SK: 'x' } }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
