import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, GetCommand, PutCommand, TransactGetCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { manualClock, settled, type ManualClock } from '../../../../support/manual-clock.ts';
import { createShowsTable, startTables, type TablesUnderTest } from './tables-under-test.ts';

const TableName = 'shows';
let tables: TablesUnderTest;
let clock: ManualClock;

beforeAll(async () => {
  clock = manualClock();
  tables = await startTables({ clock, transactionMilliseconds: 10 });
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

const key = (PK: string) => ({ PK, SK: 'x' });
const put = (PK: string, more: object = {}) => ({ Put: { TableName, Item: { ...key(PK), ...more } } });
const write = (TransactItems: TransactWriteCommandInput['TransactItems'], ClientRequestToken?: string) =>
  tables.documents.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
const get = async (PK: string) => (await tables.documents.send(new GetCommand({ TableName, Key: key(PK) }))).Item;

/** Lets calls reach the service, ends what they wait for, and answers the first outcome. */
const finish = async <Result>(call: Promise<Result>): Promise<Result> => {
  const outcome = { done: false };
  const watched = call.finally(() => (outcome.done = true));
  watched.catch(() => undefined);
  for (let turn = 0; turn < 500 && !outcome.done; turn += 1) {
    await settled(5);
    await clock.advance(10);
  }
  return watched;
};

/** Waits until the service holds the item: until a plain write of it is refused. */
const untilHeld = async (PK: string): Promise<void> => {
  for (let turn = 0; turn < 500; turn += 1) {
    const refused = await tables.documents.send(new PutCommand({ TableName, Item: key(PK), ConditionExpression: 'attribute_exists(nothing)' })).catch((error: unknown) => error);
    if ((refused as Error).name === 'TransactionConflictException') return;
  }
  throw new Error(`${PK} was never held`);
};

const reasonsOf = (error: unknown): (string | undefined)[] => {
  expect(error).toBeInstanceOf(TransactionCanceledException);
  return (error as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code) ?? [];
};

describe('a transaction', () => {
  it('writes all of its items', async () => {
    await finish(
      write([
        put('T1', { GSI1PK: 'T', GSI1SK: '1' }),
        { Update: { TableName, Key: key('T2'), UpdateExpression: 'ADD units :n', ExpressionAttributeValues: { ':n': 7 } } },
        { Delete: { TableName, Key: key('T3') } },
      ]),
    );

    expect(await get('T1')).toMatchObject({ GSI1PK: 'T' });
    expect(await get('T2')).toMatchObject({ units: 7 });
  });

  it('writes nothing when one condition fails, and says which', async () => {
    await tables.documents.send(new PutCommand({ TableName, Item: { ...key('held'), holder: 'bko_1' } }));

    const error = await finish(
      write([
        put('never'),
        {
          ConditionCheck: {
            TableName,
            Key: key('held'),
            ConditionExpression: 'holder = :me',
            ExpressionAttributeValues: { ':me': 'bko_2' },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ]),
    ).catch((caught: unknown) => caught);

    expect(reasonsOf(error)).toEqual(['None', 'ConditionalCheckFailed']);
    expect((error as TransactionCanceledException).CancellationReasons?.[1]?.Item).toMatchObject({ holder: { S: 'bko_1' } });
    expect((error as Error).message).toContain('[None, ConditionalCheckFailed]');
    expect(await get('never')).toBeUndefined();
  });

  it('checks without writing', async () => {
    await tables.documents.send(new PutCommand({ TableName, Item: { ...key('kept'), holder: 'bko_1' } }));

    await finish(write([put('beside'), { ConditionCheck: { TableName, Key: key('kept'), ConditionExpression: 'attribute_exists(PK)' } }]));

    expect(await get('kept')).toMatchObject({ holder: 'bko_1' });
  });

  it('is cancelled when another one holds an item', async () => {
    const first = write([put('shared', { by: 'first' })]);
    await untilHeld('shared');

    const second = await write([put('own'), put('shared', { by: 'second' })]).catch((caught: unknown) => caught);

    expect(reasonsOf(second)).toEqual(['None', 'TransactionConflict']);
    await finish(first);
    expect(await get('shared')).toMatchObject({ by: 'first' });
    expect(await get('own')).toBeUndefined();
  });

  it('refuses single writes and reads in transactions of what it holds', async () => {
    const first = write([put('busy')]);
    await untilHeld('busy');

    const single = tables.documents.send(new PutCommand({ TableName, Item: key('busy') }));
    await expect(single).rejects.toMatchObject({ name: 'TransactionConflictException' });
    const read = await tables.documents.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: key('busy') } }] })).catch((caught: unknown) => caught);
    expect(reasonsOf(read)).toEqual(['TransactionConflict']);
    const batch = await tables.documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: key('busy') } }, { PutRequest: { Item: key('idle') } }] } }));
    expect(batch.UnprocessedItems?.[TableName]).toHaveLength(1);
    await finish(first);
    expect(await get('idle')).toBeDefined();
  });

  it('reads several items as one', async () => {
    await tables.documents.send(new PutCommand({ TableName, Item: { ...key('read'), n: 1 } }));

    const { Responses } = await tables.documents.send(
      new TransactGetCommand({ TransactItems: [{ Get: { TableName, Key: key('read') } }, { Get: { TableName, Key: key('missing') } }] }),
    );

    expect(Responses).toEqual([{ Item: { ...key('read'), n: 1 } }, {}]);
  });

  it('is done once for a token', async () => {
    const add = (n: number) => [{ Update: { TableName, Key: key('once'), UpdateExpression: 'ADD units :n', ExpressionAttributeValues: { ':n': n } } }];

    await finish(write(add(1), 'token-1'));
    await finish(write(add(1), 'token-1'));
    await expect(finish(write(add(2), 'token-1'))).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    expect(await get('once')).toMatchObject({ units: 1 });

    await clock.advance(10 * 60_000);
    await finish(write(add(2), 'token-1'));
    expect(await get('once')).toMatchObject({ units: 3 });
  });

  it.each([
    ['no actions', []],
    ['101 actions', Array.from({ length: 101 }, (_, n) => put(`many-${n}`))],
    ['two actions on one item', [put('twin'), { Delete: { TableName, Key: key('twin') } }]],
    ['an invalid expression', [{ Update: { TableName, Key: key('bad'), UpdateExpression: 'SETT x' } }]],
    ['more than 4 MB', Array.from({ length: 11 }, (_, n) => put(`big-${n}`, { text: 'x'.repeat(390_000) }))],
  ])('rejects %s', async (_what, items) => {
    await expect(write(items as never)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('rejects an unknown table', async () => {
    await expect(write([{ Put: { TableName: 'nowhere', Item: key('x') } }])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('asks for the permissions of its actions', async () => {
    tables.listener.asked.length = 0;

    await finish(write([put('allowed'), { ConditionCheck: { TableName, Key: key('other'), ConditionExpression: 'attribute_not_exists(PK)' } }]));

    const resources = ['arn:aws:dynamodb:us-east-1:123456789012:table/shows'];
    expect(tables.listener.asked).toEqual([
      { action: 'dynamodb:PutItem', resources },
      { action: 'dynamodb:ConditionCheckItem', resources },
    ]);
  });
});
