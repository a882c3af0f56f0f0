// The parts of dynalite 4.0.0 that the DynamoDB service builds on. It ships no types.

declare module 'dynalite/db/index.js' {
  export type Callback<Result> = (error: unknown, result?: Result) => void;

  export type AttributeMap = Record<string, Record<string, unknown>>;

  export interface BatchOperation {
    readonly type: 'put' | 'del';
    readonly key: string;
    readonly value?: unknown;
  }

  export interface SubDatabase {
    get(key: string, callback: Callback<AttributeMap>): void;
    put(key: string, value: unknown, callback: Callback<void>): void;
    del(key: string, callback: Callback<void>): void;
    lock(keys: string | readonly string[], run: (release: <Done>(done: Done) => Done) => void): void;
  }

  export interface Table {
    TableName: string;
    TableArn: string;
    TableStatus: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
    KeySchema: { AttributeName: string; KeyType: string }[];
    GlobalSecondaryIndexes?: { IndexName: string; IndexStatus: string }[];
  }

  export interface Store {
    readonly options: object;
    readonly db: { batch(operations: readonly BatchOperation[]): Promise<void>; open(): Promise<void>; close(): Promise<void> };
    readonly tableDb: { awsAccountId: string; awsRegion: string; put(key: string, table: Table, callback: Callback<void>): void };
    getItemDb(table: string): SubDatabase;
    getIndexDb(kind: string, table: string, index: string): SubDatabase;
    getTable(name: string, checkStatus: boolean, callback: Callback<Table>): void;
  }

  const db: {
    create(options: { path?: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
    createKey(item: AttributeMap, table: Table): string;
    validateKey(key: AttributeMap, table: Table): Error | undefined;
    validateItem(item: AttributeMap, table: Table): Error | undefined;
    itemSize(item: AttributeMap): number;
  };
  export { db as default };
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  const validations: {
    checkTypes(input: object, types: object): Record<string, unknown>;
    checkValidations(input: object, types: object, custom: unknown, store: Store): void;
  };
  export { validations as default };
}

declare module 'dynalite/validations/*.js' {
  const validation: { readonly types: object; readonly custom?: unknown };
  export { validation as default };
}

declare module 'dynalite/actions/*.js' {
  import type { Callback, Store } from 'dynalite/db/index.js';

  const action: (store: Store, input: object, callback: Callback<unknown>) => void;
  export { action as default };
}
