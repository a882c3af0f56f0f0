import type { StoredObject } from './meters/storage-meter.ts';

/** Lists what is stored. */
export interface ObjectListing {
  /** Every object whose key begins so, by key. @throws UnavailableError */
  list(bucket: string, keyPrefix: string): Promise<readonly StoredObject[]>;
}
