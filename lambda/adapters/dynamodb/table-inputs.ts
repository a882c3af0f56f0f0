import type { QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type ItemKey, listIndexName } from '../../contract/table-keys.ts';
import { type Change, type Condition, type Expression, merged, updateExpression } from './expressions.ts';
import type { Query, Write } from './table.ts';

/** DynamoDB refuses empty placeholder maps. */
const placeholders = (...parts: readonly Expression[]) => {
  const names = merged(parts.map((part) => part.names));
  const values = merged(parts.map((part) => part.values));
  return {
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
};

/** The members that put a condition on a write. */
export const conditionInput = (condition: Condition | undefined) =>
  condition === undefined ? {} : { ConditionExpression: condition.expression, ...placeholders(condition) };

/** The members of an update with an optional condition. */
export const updateInput = (key: ItemKey, change: Change, condition: Condition | undefined) => {
  const update = updateExpression(change);
  return {
    Key: { ...key },
    UpdateExpression: update.expression,
    ...(condition === undefined ? placeholders(update) : { ConditionExpression: condition.expression, ...placeholders(update, condition) }),
  };
};

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One action of a transaction. */
export const transactItem = (TableName: string, write: Write): TransactItem => {
  if ('put' in write) return { Put: { TableName, Item: write.put, ...conditionInput(write.condition) } };
  if ('update' in write) return { Update: { TableName, ...updateInput(write.update, write.change, write.condition) } };
  if ('delete' in write) return { Delete: { TableName, Key: { ...write.delete }, ...conditionInput(write.condition) } };
  return { ConditionCheck: { TableName, Key: { ...write.check }, ConditionExpression: write.condition.expression, ...placeholders(write.condition) } };
};

// Above every character that a key holds.
const last = '\uffff';
// Below every character that a key holds; an empty string is no key.
const first = ' ';

/** A query of one partition by a range of sort keys. BETWEEN is inclusive: `after` is passed as its successor. */
export const queryInput = (TableName: string, { partition, prefix = '', after, before, inListIndex = false, newestFirst = false, limit }: Query): QueryCommandInput => {
  const [hash, range] = inListIndex ? ['GSI1PK', 'GSI1SK'] : ['PK', 'SK'];
  return {
    TableName,
    ...(inListIndex ? { IndexName: listIndexName } : { ConsistentRead: true }),
    KeyConditionExpression: '#hash = :hash AND #range BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#hash': hash, '#range': range },
    ExpressionAttributeValues: { ':hash': partition, ':from': after === undefined ? prefix || first : `${after}\u0000`, ':to': before ?? `${prefix}${last}` },
    ScanIndexForward: !newestFirst,
    ...(limit === undefined ? {} : { Limit: limit }),
  };
};
