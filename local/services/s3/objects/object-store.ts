import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../../runtime/clock.ts';
import type { Collection, StateStore } from '../../../runtime/state/collection.ts';
import { noSuchBucket, noSuchKey, noSuchUpload, S3Error } from '../s3-error.ts';
import { joinFiles, type ReceivedBody } from './received-object.ts';

/** A bucket with the configurations it was given, as their XML by subresource (`lifecycle`, `policy`). */
export interface BucketRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly configurations: Readonly<Record<string, string>>;
}

/** What is known of an object beside its bytes. */
export interface ObjectRecord {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  readonly modifiedAt: number;
  /** Headers that are given back with it: Content-Type and `x-amz-meta-…`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The name of its file in the objects' folder. Every write has a file of its own, so that who reads the one before gets it whole. */
  readonly file: string;
  /** Absent = none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An upload in parts that is not complete. */
export interface UploadRecord {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, { readonly file: string; readonly bytes: number; readonly md5: string }>>;
}

/** A part as who completes an upload names it. */
interface UploadedPart {
  readonly number: number;
  readonly etag: string;
}

/** Buckets and objects on this machine's disk: bytes in files, the rest in the state. */
export interface ObjectStore {
  readonly buckets: Collection<BucketRecord>;
  readonly uploads: Collection<UploadRecord>;
  /** Where bodies are taken in. */
  readonly incomingFolder: string;
  /** @throws S3Error NoSuchBucket */
  bucket(name: string): BucketRecord;
  find(bucket: string, key: string): ObjectRecord | undefined;
  /** Where an object's bytes are. */
  pathOf(object: ObjectRecord): string;
  /** @throws S3Error NoSuchKey */
  get(bucket: string, key: string): ObjectRecord;
  /** Objects of a bucket in the order of their keys' bytes. */
  list(bucket: string, prefix: string): ObjectRecord[];
  put(bucket: string, key: string, body: ReceivedBody, headers: Readonly<Record<string, string>>, etag?: string): Promise<ObjectRecord>;
  /** Replaces an object's tags. @throws S3Error NoSuchKey */
  tag(bucket: string, key: string, tags: Readonly<Record<string, string>>): void;
  remove(bucket: string, key: string): Promise<boolean>;
  /** @throws S3Error NoSuchUpload */
  upload(uploadId: string): UploadRecord;
  /** Joins parts, in the order given, into one object. @throws S3Error InvalidPart */
  complete(upload: UploadRecord, parts: readonly UploadedPart[]): Promise<ObjectRecord>;
}

const keyOf = (bucket: string, key: string): string => `${bucket}/${key}`;

const inByteOrder = (a: ObjectRecord, b: ObjectRecord): number => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

const chosenParts = (upload: UploadRecord, parts: readonly UploadedPart[]): UploadRecord['parts'][string][] => {
  if (parts.length === 0) throw new S3Error('MalformedXML', 400, 'The request names no part.');
  return parts.map(({ number, etag }) => {
    const part = upload.parts[String(number)];
    if (!part || `"${part.md5}"` !== etag) throw new S3Error('InvalidPart', 400, `Part ${number} could not be found, or its entity tag does not match.`);
    return part;
  });
};

/** Opens the objects kept in a folder. */
export const openObjectStore = (state: StateStore, folder: string, clock: Clock): ObjectStore => {
  const buckets: Collection<BucketRecord> = state.collection('s3/buckets');
  const objects: Collection<ObjectRecord> = state.collection('s3/objects');
  const uploads: Collection<UploadRecord> = state.collection('s3/uploads');
  const pathOf = (file: string): string => join(folder, 'objects', file);

  const store: ObjectStore = {
    buckets,
    uploads,
    incomingFolder: join(folder, 'incoming'),
    bucket: (name) => {
      const bucket = buckets.get(name);
      if (!bucket) throw noSuchBucket(name);
      return bucket;
    },
    pathOf: ({ file }) => pathOf(file),
    find: (bucket, key) => objects.get(keyOf(bucket, key)),
    get: (bucket, key) => {
      const object = store.find(bucket, key);
      if (!object) throw noSuchKey(key);
      return object;
    },
    list: (bucket, prefix) => [...objects.values()].filter((object) => object.bucket === bucket && object.key.startsWith(prefix)).toSorted(inByteOrder),
    put: async (bucket, key, body, headers, etag = body.md5) => {
      const file = basename(body.file);
      await mkdir(dirname(pathOf(file)), { recursive: true });
      await rename(body.file, pathOf(file));
      const replaced = store.find(bucket, key);
      const object = { bucket, key, bytes: body.bytes, etag: `"${etag}"`, modifiedAt: clock.now(), headers, file };
      objects.put(keyOf(bucket, key), object);
      if (replaced) await rm(pathOf(replaced.file), { force: true });
      return object;
    },
    tag: (bucket, key, tags) => objects.put(keyOf(bucket, key), { ...store.get(bucket, key), tags }),
    remove: async (bucket, key) => {
      const object = store.find(bucket, key);
      if (!object) return false;
      objects.delete(keyOf(bucket, key));
      await rm(pathOf(object.file), { force: true });
      return true;
    },
    upload: (uploadId) => {
      const upload = uploads.get(uploadId);
      if (!upload) throw noSuchUpload();
      return upload;
    },
    complete: async (upload, parts) => {
      const chosen = chosenParts(upload, parts);
      const file = join(store.incomingFolder, `${upload.uploadId}.complete`);
      await joinFiles(chosen.map((part) => part.file), file);
      const md5 = createHash('md5').update(Buffer.concat(chosen.map((part) => Buffer.from(part.md5, 'hex')))).digest('hex');
      const bytes = chosen.reduce((sum, part) => sum + part.bytes, 0);
      const object = await store.put(upload.bucket, upload.key, { file, bytes, md5 }, upload.headers, `${md5}-${chosen.length}`);
      uploads.delete(upload.uploadId);
      await Promise.all(Object.values(upload.parts).map((part) => rm(part.file, { force: true })));
      return object;
    },
  };
  return store;
};
