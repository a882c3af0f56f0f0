import type { CachedObject } from './cached-object.ts';

/** Complete responses by cache key, bounded by their bytes: the least recently used go first. */
export interface ObjectCache {
  get(key: string): CachedObject | undefined;
  put(key: string, object: CachedObject): void;
  delete(key: string): void;
  /** Bytes of all bodies. */
  readonly bytes: number;
}

/** Keeps at most `maximumBytes` of bodies in memory. */
export const createObjectCache = (maximumBytes: number): ObjectCache => {
  const objects = new Map<string, CachedObject>();
  let bytes = 0;
  const remove = (key: string): void => {
    bytes -= objects.get(key)?.bytes ?? 0;
    objects.delete(key);
  };
  return {
    get: (key) => {
      const object = objects.get(key);
      if (object) {
        objects.delete(key);
        objects.set(key, object);
      }
      return object;
    },
    put: (key, object) => {
      remove(key);
      objects.set(key, object);
      bytes += object.bytes;
      for (const oldest of objects.keys()) {
        if (bytes <= maximumBytes) break;
        remove(oldest);
      }
    },
    delete: remove,
    get bytes() {
      return bytes;
    },
  };
};
