import {
  ConditionalCheckFailedException, DynamoDBClient, InternalServerError, ResourceNotFoundException, TransactionCanceledException, TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { all, equals, isAbsent, updateExpression } from '../../../../lambda/adapters/dynamodb/expressions.ts';
import { itemCodec } from '../../../../lambda/adapters/dynamodb/item-codec.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const told = { message: 'no', $metadata: {} };
const key = { PK: 'A', SK: 'B' };
const slept: number[] = [];
let now = 0;

const table = (budgetMilliseconds = 1_000) =>
  dynamoDbTable(DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' })), 'shows', {
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
    random: () => 0.5,
    budgetMilliseconds,
  });

const cancelled = (...codes: string[]) => new TransactionCanceledException({ ...told, CancellationReasons: codes.map((Code) => ({ Code })) });

beforeEach(() => {
  dynamodb.reset();
  slept.length = 0;
  now = 0;
});

describe('a write', () => {
  it('tells which conditions do not hold', async () => {
    dynamodb.on(PutCommand).rejects(new ConditionalCheckFailedException(told)).on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed', 'None'));

    await expect(table().put(key, isAbsent)).rejects.toMatchObject({ name: 'ConditionFailed', indices: [0] });
    await expect(table().transact([{ put: key }, { delete: key }])).rejects.toMatchObject({ indices: [1] });
  });

  it('is repeated with full jitter while others write the same items', async () => {
    dynamodb.on(TransactWriteCommand).rejectsOnce(cancelled('TransactionConflict')).rejectsOnce(cancelled('None', 'TransactionConflict')).resolves({});
    dynamodb.on(PutCommand).rejectsOnce(new TransactionConflictException(told)).resolves({});

    await table().transact([{ put: key }]);
    await table().put(key);

    expect(slept).toEqual([12.5, 25, 12.5]);
  });

  it('fails when that does not end', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelled('TransactionConflict'));

    await expect(table(200).transact([{ put: key }])).rejects.toMatchObject({ name: 'Unavailable', code: 'write-contended' });
    expect(now).toBeLessThanOrEqual(200);
  });

  it('fails as unavailable when the service is, and as it is otherwise', async () => {
    dynamodb.on(PutCommand).rejectsOnce(new InternalServerError(told)).rejects(new ResourceNotFoundException(told));

    await expect(table().put(key)).rejects.toMatchObject({ code: 'dynamodb-unavailable' });
    await expect(table().put(key)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});

describe('a query', () => {
  it('goes on until it has what is asked for', async () => {
    dynamodb.on(QueryCommand).resolvesOnce({ Items: [{ n: 1 }], LastEvaluatedKey: { PK: 'A' } }).resolves({ Items: [{ n: 2 }, { n: 3 }] });

    expect(await table().query({ partition: 'A', limit: 3 })).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(dynamodb.commandCalls(QueryCommand).map(({ args }) => args[0].input.Limit)).toEqual([3, 2]);
  });
});

describe('expressions', () => {
  it('change attributes by name', () => {
    expect(updateExpression({ set: { a: 1 }, setOnce: { b: 2 }, add: { c: 3n }, remove: ['d'] })).toEqual({
      expression: 'SET #u_a = :u_a, #u_b = if_not_exists(#u_b, :u_b) ADD #u_c :u_c REMOVE #u_d',
      names: { '#u_a': 'a', '#u_b': 'b', '#u_c': 'c', '#u_d': 'd' },
      values: { ':u_a': 1, ':u_b': 2, ':u_c': 3n },
    });
    expect(all(equals('x', 1), isAbsent).expression).toBe('(#c_x = :c_x) AND (attribute_not_exists(PK))');
  });
});

describe('an item codec', () => {
  const codec = itemCodec('Thing', 2, z.object({ name: z.string() }), { 1: ({ title, ...rest }) => ({ ...rest, name: title }) });

  it('stamps items and reads them back without their keys', () => {
    expect(codec.encode({ name: 'a' })).toEqual({ name: 'a', type: 'Thing', schemaVersion: 2 });
    expect(codec.decode({ ...key, name: 'a', type: 'Thing', schemaVersion: 2 })).toEqual({ name: 'a' });
  });

  it('brings older shapes to the current one', () => {
    expect(codec.decode({ title: 'a', type: 'Thing', schemaVersion: 1 })).toEqual({ name: 'a' });
  });

  it.each([
    ['another type', { type: 'Other', schemaVersion: 2, name: 'a' }],
    ['a newer version', { type: 'Thing', schemaVersion: 3, name: 'a' }],
    ['a missing member', { type: 'Thing', schemaVersion: 2 }],
    ['no stamp', { name: 'a' }],
  ])('rejects %s', (_, item) => {
    expect(() => codec.decode(item)).toThrow(/Thing/);
  });
});
