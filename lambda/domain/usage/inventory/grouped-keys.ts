import type { StoredObject } from '../meters/storage-meter.ts';
import { folderOfKey } from './cam-folders.ts';

/** Objects of a bucket that follow each other by key and are of the same. */
export interface KeyGroup {
  /** That their keys name; absent where they name none. */
  readonly breakoutId?: string;
  /** That IVS recorded them into. */
  readonly folder?: string;
  readonly objects: readonly StoredObject[];
}

/** `account/event/breakout/…` */
const keyPattern = /^acc_[^/]+\/evt_[^/]+\/(bko_[^/]+)\//;

const groupOf = (key: string): Omit<KeyGroup, 'objects'> => {
  const [folder, breakoutId] = [folderOfKey(key), keyPattern.exec(key)?.[1]];
  return { ...(folder === undefined ? {} : { folder }), ...(breakoutId === undefined ? {} : { breakoutId }) };
};

/** The objects of one breakout or folder after the other, from a listing by key. */
export async function* groupedKeys(pages: AsyncIterable<readonly StoredObject[]>): AsyncGenerator<KeyGroup> {
  let current: Omit<KeyGroup, 'objects'> = {};
  let objects: StoredObject[] = [];
  for await (const page of pages) {
    for (const object of page) {
      const group = groupOf(object.key);
      if ((group.folder !== current.folder || group.breakoutId !== current.breakoutId) && objects.length > 0) {
        yield { ...current, objects };
        objects = [];
      }
      current = group;
      objects.push(object);
    }
  }
  if (objects.length > 0) yield { ...current, objects };
}
