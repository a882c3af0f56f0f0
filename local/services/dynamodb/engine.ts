import db, { type Store, type Table } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { z } from 'zod';
import { DynamoDbFault } from './dynamodb-fault.ts';
import { engineOperations, type EngineOperation } from './engine-operations.ts';

/** Where and how the engine keeps tables. */
export interface EngineSettings {
  readonly accountId: string;
  readonly region: string;
  /** A folder of its own; in memory when absent. */
  readonly folder?: string;
  /** How long a table is in CREATING, UPDATING or DELETING. */
  readonly tableChangeMilliseconds: number;
}

/** The members of a request or response by name. */
export type Members = Record<string, unknown>;

/** dynalite's engine, in this process. */
export interface Engine {
  readonly store: Store;
  /** Checks a request as DynamoDB does before it looks at data. Answers the parsed request. Throws {@link DynamoDbFault}. */
  check(operation: EngineOperation, input: Members): Members;
  /** Performs an operation, on a view of the store when given. Throws {@link DynamoDbFault}. */
  perform(operation: EngineOperation, input: Members, view?: Store): Promise<Members>;
  /** A table that exists and is not being created or deleted. Throws {@link DynamoDbFault}. */
  table(name: string): Promise<Table>;
  /** Lets operations under way end, refuses further ones, and closes the tables. */
  close(): Promise<void>;
}

const faultSchema = z.object({ statusCode: z.number(), body: z.record(z.string(), z.unknown()) });
const membersSchema = z.record(z.string(), z.unknown());

const asFault = (error: unknown): unknown => {
  const fault = faultSchema.safeParse(error);
  if (!fault.success) return error;
  const { statusCode, body } = fault.data;
  return new DynamoDbFault(statusCode, body, String(body['message'] ?? body['Message'] ?? body['__type']));
};

/** A function of the engine that answers by callback, as a promise. */
export const awaited = <Result>(start: (callback: (error: unknown, result?: Result) => void) => void): Promise<Result | undefined> =>
  new Promise((resolve, reject) => {
    start((error, result) => {
      const fault: unknown = error ? asFault(error) : undefined;
      if (fault === undefined) resolve(result);
      else reject(fault instanceof Error ? fault : new Error('the table engine failed without an error', { cause: fault }));
    });
  });

/** Knows what is under way, so that the tables are not closed beneath it. */
const operationsUnderWay = () => {
  const underWay = new Set<Promise<unknown>>();
  let isClosing = false;
  return {
    run: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      if (isClosing) throw new DynamoDbFault(500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' }, 'the tables are being closed');
      const running = work();
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    },
    end: async (): Promise<void> => {
      isClosing = true;
      await Promise.allSettled(underWay);
    },
  };
};

const checkWith = (store: Store) => (operation: EngineOperation, input: Members): Members => {
  const { types, custom } = engineOperations[operation].rules;
  try {
    const checked = validations.checkTypes(structuredClone(input), types);
    validations.checkValidations(checked, types, custom, store);
    return checked;
  } catch (error) {
    throw asFault(error);
  }
};

/** Opens the engine. The folder is created when missing and belongs to this process until `close`. */
export const openEngine = async ({ accountId, region, folder, tableChangeMilliseconds }: EngineSettings): Promise<Engine> => {
  const store = db.create({
    createTableMs: tableChangeMilliseconds,
    updateTableMs: tableChangeMilliseconds,
    deleteTableMs: tableChangeMilliseconds,
    ...(folder === undefined ? {} : { path: folder }),
  });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  await store.db.open();
  const check = checkWith(store);
  const operations = operationsUnderWay();
  return {
    store,
    check,
    perform: async (operation, input, view = store) => {
      const checked = check(operation, input);
      const answer = await operations.run(() => awaited<unknown>((callback) => engineOperations[operation].action(view, checked, callback)));
      return answer === undefined || answer === '' ? {} : membersSchema.parse(answer);
    },
    table: async (name) => {
      const table = await operations.run(() => awaited<Table>((callback) => store.getTable(name, true, callback)));
      if (!table) throw new Error(`table ${name} was answered empty by the engine`);
      return table;
    },
    close: async () => {
      await operations.end();
      await store.db.close();
    },
  };
};
