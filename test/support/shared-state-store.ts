import { memoryStateStore, type Collection, type StateStore } from '../../local/runtime/state/collection.ts';

/** State in memory that several openings share, as they share a folder: what one process keeps, the next finds. */
export const sharedStateStore = (): StateStore => {
  const memory = memoryStateStore();
  const opened = new Map<string, unknown>();
  return {
    collection: <Document>(name: string) => {
      const known = opened.get(name) ?? memory.collection<Document>(name);
      opened.set(name, known);
      return known as Collection<Document>;
    },
  };
};
