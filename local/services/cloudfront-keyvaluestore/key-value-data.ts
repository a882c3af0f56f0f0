import type { Clock } from '../../runtime/clock.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** The whole store's version and size, as it is kept. */
export interface StoreSummary {
  readonly etag: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

interface StoredValue {
  readonly storeId: string;
  readonly key: string;
  readonly value: string;
}

interface Change {
  readonly value: string | undefined;
  readonly visibleAt: number;
}

/** The keys of all stores: what writers see at once, and what the edge sees a little later. */
export interface KeyValueData {
  readonly summaries: Collection<StoreSummary>;
  get(storeId: string, key: string): string | undefined;
  entries(storeId: string): readonly (readonly [string, string])[];
  /** Writes a key, or deletes it when `value` is undefined. */
  set(storeId: string, key: string, value: string | undefined): void;
  /** What edge locations have: writes reach them late. */
  atEdge(storeId: string, key: string): string | undefined;
  /** How many keys edge locations have. */
  countAtEdge(storeId: string): number;
}

/** Keeps the keys of all stores. Edge locations have a write `propagationMilliseconds` after it. */
export const openKeyValueData = (store: StateStore, clock: Clock, propagationMilliseconds: number): KeyValueData => {
  const values = store.collection<StoredValue>('cloudfront/key-values');
  const changes = new Map<string, readonly Change[]>();
  const id = (storeId: string, key: string): string => JSON.stringify([storeId, key]);
  const entries = (storeId: string): readonly (readonly [string, string])[] =>
    [...values.values()].filter((item) => item.storeId === storeId).map(({ key, value }) => [key, value]);

  const atEdge = (storeId: string, key: string): string | undefined => {
    const history = changes.get(id(storeId, key));
    // Without a change in this process, everything has long arrived.
    return history ? history.findLast(({ visibleAt }) => visibleAt <= clock.now())?.value : values.get(id(storeId, key))?.value;
  };
  const remember = (storeId: string, key: string, value: string | undefined): void => {
    const now = clock.now();
    const before = atEdge(storeId, key);
    const pending = (changes.get(id(storeId, key)) ?? []).filter(({ visibleAt }) => visibleAt > now);
    changes.set(id(storeId, key), [{ value: before, visibleAt: 0 }, ...pending, { value, visibleAt: now + propagationMilliseconds }]);
  };
  return {
    summaries: store.collection('cloudfront/key-value-summaries'),
    get: (storeId, key) => values.get(id(storeId, key))?.value,
    entries,
    set: (storeId, key, value) => {
      remember(storeId, key, value);
      if (value === undefined) values.delete(id(storeId, key));
      else values.put(id(storeId, key), { storeId, key, value });
    },
    atEdge,
    countAtEdge: (storeId) => {
      const changed = [...changes.keys()].map((key): unknown => JSON.parse(key)).filter((pair): pair is [string, string] => Array.isArray(pair) && pair[0] === storeId);
      const keys = new Set([...entries(storeId).map(([key]) => key), ...changed.map(([, key]) => key)]);
      return [...keys].filter((key) => atEdge(storeId, key) !== undefined).length;
    },
  };
};
