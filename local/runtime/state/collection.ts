import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** A JSON value. Dates and binary are the owner's to convert. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A keyed set of JSON documents that survives a restart when the state folder is kept. */
export interface Collection<Document> {
  get(key: string): Document | undefined;
  put(key: string, document: Document): void;
  delete(key: string): void;
  /** In order of first insertion. */
  entries(): IterableIterator<[string, Document]>;
  values(): IterableIterator<Document>;
}

/** Opens named collections, each by one owner at a time. Names are file names: lower case with dashes, folders by slash (`medialive/channels`). */
export interface StateStore {
  collection<Document>(name: string): Collection<Document>;
}

const overMap = <Document>(documents: Map<string, Document>, onChange: (key: string, document?: Document) => void): Collection<Document> => ({
  get: (key) => documents.get(key),
  put: (key, document) => {
    documents.set(key, document);
    onChange(key, document);
  },
  delete: (key) => {
    if (documents.delete(key)) onChange(key);
  },
  entries: () => documents.entries(),
  values: () => documents.values(),
});

/** State that lives as long as the process. */
export const memoryStateStore = (): StateStore => {
  const collections = new Map<string, Map<string, unknown>>();
  return {
    collection: <Document>(name: string) => {
      const documents = collections.get(name) ?? new Map<string, unknown>();
      collections.set(name, documents);
      // Whoever opens a name knows what it holds, as with a file.
      return overMap(z.custom<Map<string, Document>>().parse(documents), () => undefined);
    },
  };
};

const replay = <Document>(file: string): Map<string, Document> => {
  const documents = new Map<string, Document>();
  if (!existsSync(file)) return documents;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    // A line cut short by a crash is the last one: what it held was never acknowledged.
    if (line === '') continue;
    try {
      const [key, document]: [string, Document?] = JSON.parse(line);
      if (document === undefined) documents.delete(key);
      else documents.set(key, document);
    } catch {
      break;
    }
  }
  return documents;
};

/** State kept in a folder: one append-only journal of JSON lines a collection, compacted when it is opened. */
export const folderStateStore = (folder: string): StateStore => ({
  collection: <Document>(name: string) => {
    const file = join(folder, `${name}.jsonl`);
    const documents = replay<Document>(file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, [...documents].map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    renameSync(`${file}.new`, file);
    return overMap(documents, (key, document) => appendFileSync(file, `${JSON.stringify(document === undefined ? [key] : [key, document])}\n`));
  },
});
