import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../../contract/table-keys.ts';
import { calling } from '../service-faults.ts';
import type { Change, Condition } from './expressions.ts';
import { type RetryTiming, systemRetryTiming, withFullJitter } from './full-jitter.ts';
import { conditionInput, queryInput, transactItem, updateInput } from './table-inputs.ts';
import { failedCondition, isWriteConflict } from './write-errors.ts';

/** An item as it is stored: never trusted, always parsed by an item codec. */
export type Item = Readonly<Record<string, unknown>>;

/** One write, alone or in a transaction. */
export type Write =
  | { readonly put: Item & ItemKey; readonly condition?: Condition }
  | { readonly update: ItemKey; readonly change: Change; readonly condition?: Condition }
  | { readonly delete: ItemKey; readonly condition?: Condition }
  | { readonly check: ItemKey; readonly condition: Condition };

/** Children of one partition, in order of their sort key. */
export interface Query {
  readonly partition: string;
  /** Only sort keys that begin so. */
  readonly prefix?: string;
  /** Only sort keys after this one. */
  readonly after?: string;
  /** Only sort keys up to and including this one. */
  readonly before?: string;
  /** In the list index instead of the table (eventually consistent). */
  readonly inListIndex?: boolean;
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

/** The one table. Reads are strongly consistent; a write whose condition does not hold throws ConditionFailedError. */
export interface Table {
  get(key: ItemKey): Promise<Item | undefined>;
  /** @throws ConditionFailedError, UnavailableError */
  put(item: Item & ItemKey, condition?: Condition): Promise<void>;
  /** The item as it is afterwards. @throws ConditionFailedError, UnavailableError */
  update(key: ItemKey, change: Change, condition?: Condition): Promise<Item>;
  /** @throws ConditionFailedError, UnavailableError */
  delete(key: ItemKey, condition?: Condition): Promise<void>;
  /** All or nothing, at most 100 writes, each of another item. @throws ConditionFailedError, UnavailableError */
  transact(writes: readonly Write[]): Promise<void>;
  /** At most `limit` items, or all. */
  query(query: Query): Promise<readonly Item[]>;
  /** How many items a query finds, without reading them out. */
  count(query: Omit<Query, 'limit'>): Promise<number>;
}

type Client = Pick<DynamoDBDocumentClient, 'send'>;

/** One call: failed conditions and passing faults come out as ours, conflicts between writers are tried again. */
const writing = <Output>(timing: RetryTiming, call: () => Promise<Output>): Promise<Output> =>
  withFullJitter(timing, isWriteConflict, async () => {
    try {
      return await calling('dynamodb', call);
    } catch (error) {
      throw failedCondition(error) ?? error;
    }
  });

const queryAll = async (client: Client, tableName: string, query: Query): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const remaining = query.limit === undefined ? {} : { limit: query.limit - items.length };
    const input = queryInput(tableName, { ...query, ...remaining });
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const page = await calling('dynamodb', () => client.send(new QueryCommand({ ...input, ...start })));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && (query.limit === undefined || items.length < query.limit));
  return items;
};

const countAll = async (client: Client, tableName: string, query: Query): Promise<number> => {
  let count = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const page = await calling('dynamodb', () => client.send(new QueryCommand({ ...queryInput(tableName, query), Select: 'COUNT', ...start })));
    count += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return count;
};

/** The table of this name. */
export const dynamoDbTable = (client: Client, TableName: string, timing: RetryTiming = systemRetryTiming): Table => ({
  async get(key) {
    const { Item } = await calling('dynamodb', () => client.send(new GetCommand({ TableName, Key: { ...key }, ConsistentRead: true })));
    return Item;
  },
  async put(item, condition) {
    await writing(timing, () => client.send(new PutCommand({ TableName, Item: item, ...conditionInput(condition) })));
  },
  async update(key, change, condition) {
    const input = { TableName, ...updateInput(key, change, condition), ReturnValues: 'ALL_NEW' as const };
    const { Attributes } = await writing(timing, () => client.send(new UpdateCommand(input)));
    return Attributes ?? {};
  },
  async delete(key, condition) {
    await writing(timing, () => client.send(new DeleteCommand({ TableName, Key: { ...key }, ...conditionInput(condition) })));
  },
  async transact(writes) {
    const TransactItems = writes.map((write) => transactItem(TableName, write));
    await writing(timing, () => client.send(new TransactWriteCommand({ TransactItems })));
  },
  query: (query) => queryAll(client, TableName, query),
  count: (query) => countAll(client, TableName, query),
});
