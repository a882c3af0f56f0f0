import db from 'dynalite/db/index.js';
import { z } from 'zod';
import type { Clock } from '../../runtime/clock.ts';
import type { Collection } from '../../runtime/state/collection.ts';
import { validationFault } from './dynamodb-fault.ts';
import type { Engine, Members } from './engine.ts';
import type { HeldItems } from './held-items.ts';

/** What a table has beside what the engine keeps of it. */
export interface TableSettings {
  readonly expiryAttribute?: string;
  readonly pointInTimeRecovery?: boolean;
  readonly deletionProtection?: boolean;
  readonly tableClass?: string;
  /** As in SSEDescription; absent = the default, an AWS owned key. */
  readonly encryptionType?: string;
}

/** A transaction that was done, by its client's token. */
export interface DoneTransaction {
  readonly fingerprint: string;
  readonly doneAt: number;
}

/** What every operation of the service works with. */
export interface TableWorld {
  readonly engine: Engine;
  readonly held: HeldItems;
  readonly clock: Clock;
  readonly settings: Collection<TableSettings>;
  readonly doneTransactions: Collection<DoneTransaction>;
  /** How long a transaction holds its items before it decides. */
  readonly transactionMilliseconds: number;
}

/** Attributes in DynamoDB's own JSON: `{"PK": {"S": "x"}}`. */
export const attributesSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The item of a table that a whole item or a key names. */
export interface ItemAddress {
  readonly table: string;
  /** The engine's key within the table. */
  readonly key: string;
}

/** Identifies an item among all tables. */
export const itemId = ({ table, key }: ItemAddress): string => `${table}~${key}`;

/** Where a whole item (`Item`) or a key (`Key`) belongs. Throws the engine's answer when it does not fit the table. */
export const addressOf = async (engine: Engine, input: Members): Promise<ItemAddress> => {
  const name = z.string().parse(input['TableName']);
  const table = await engine.table(name);
  const whole = input['Item'] !== undefined;
  const attributes = attributesSchema.parse(whole ? input['Item'] : input['Key']);
  const problem = whole ? db.validateItem(attributes, table) : db.validateKey(attributes, table);
  if (problem) throw validationFault(problem.message);
  return { table: name, key: db.createKey(attributes, table) };
};
