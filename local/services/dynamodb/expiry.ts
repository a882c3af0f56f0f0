import { z } from 'zod';
import { DynamoDbFault } from './dynamodb-fault.ts';
import type { Members } from './engine.ts';
import { writeItem } from './single-writes.ts';
import { attributesSchema, type TableWorld } from './table-world.ts';

/** DynamoDB ignores what expired longer ago than this: a guard against attributes in milliseconds. */
const oldestSeconds = 5 * 365 * 86_400;

const pageSchema = z.object({ Items: z.array(attributesSchema), LastEvaluatedKey: attributesSchema.optional() });

const deleteExpired = async (world: TableWorld, request: Members): Promise<number> => {
  try {
    await writeItem('DeleteItem')(world, request);
    return 1;
  } catch (error) {
    // Changed or held meanwhile: the next sweep looks again.
    if (error instanceof DynamoDbFault) return 0;
    throw error;
  }
};

const sweepTable = async (world: TableWorld, TableName: string, attribute: string): Promise<number> => {
  const { KeySchema } = await world.engine.table(TableName);
  const nowSeconds = Math.floor(world.clock.now() / 1000);
  const isExpired = '#expiry BETWEEN :oldest AND :now';
  const bounds = {
    ExpressionAttributeNames: { '#expiry': attribute },
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) }, ':oldest': { N: String(nowSeconds - oldestSeconds) } },
  };
  let deleted = 0;
  let start: Members = {};
  for (;;) {
    const page = pageSchema.parse(await world.engine.perform('Scan', { TableName, FilterExpression: isExpired, ...bounds, ...start }));
    for (const item of page.Items) {
      const Key = Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));
      deleted += await deleteExpired(world, { TableName, Key, ConditionExpression: isExpired, ...bounds });
    }
    if (!page.LastEvaluatedKey) return deleted;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
};

/** Deletes the expired items of every table that has an expiry attribute. Answers how many. */
export const sweepExpired = async (world: TableWorld): Promise<number> => {
  let deleted = 0;
  for (const [name, { expiryAttribute }] of [...world.settings.entries()]) {
    if (expiryAttribute !== undefined) deleted += await sweepTable(world, name, expiryAttribute);
  }
  return deleted;
};
