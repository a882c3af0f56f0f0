import type { AttributeMap, BatchOperation, Store, SubDatabase } from 'dynalite/db/index.js';

const unlocked: SubDatabase['lock'] = (_keys, run) => run((done) => done);

const collecting = (database: SubDatabase, prefix: string, writes: BatchOperation[]): SubDatabase => ({
  get: (key, callback) => database.get(key, callback),
  put: (key, value, callback) => {
    writes.push({ type: 'put', key: `${prefix}~${key}`, value });
    callback(null);
  },
  del: (key, callback) => {
    writes.push({ type: 'del', key: `${prefix}~${key}` });
    callback(null);
  },
  lock: unlocked,
});

/**
 * A view of the store whose writes are collected instead of done, for whoever holds the items' locks.
 * The prefixes are the engine's own: one LevelDB holds all tables and indexes.
 */
export const collectingView = (store: Store, writes: BatchOperation[]): Store => ({
  ...store,
  getItemDb: (table) => collecting(store.getItemDb(table), `item-${table}`, writes),
  getIndexDb: (kind, table, index) => collecting(store.getIndexDb(kind, table, index), `index-${kind.toLowerCase()}~${table}~${index}`, writes),
});

/** A view of the store that tells `onRead` of each item that an operation reads, before the operation looks at it. */
export const observedView = (store: Store, onRead: (item: AttributeMap | undefined) => void): Store => ({
  ...store,
  getItemDb: (table) => {
    const database = store.getItemDb(table);
    return {
      put: (key, value, callback) => database.put(key, value, callback),
      del: (key, callback) => database.del(key, callback),
      lock: (keys, run) => database.lock(keys, run),
      get: (key, callback) =>
        database.get(key, (error, item) => {
          if (!error) onRead(item);
          callback(error, item);
        }),
    };
  },
});
