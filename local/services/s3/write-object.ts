import { copyFile, mkdir, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { S3Error } from './s3-error.ts';
import { permit, readDocument, xmlAnswer, type S3Answer, type S3Request } from './http/s3-request.ts';
import { elementContents, elementTexts } from './http/xml.ts';
import type { ObjectEvents } from './object-events.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { receiveBody } from './objects/received-object.ts';

/** Headers that an object keeps. */
export const keptHeaders = ({ http: { headers } }: S3Request): Record<string, string> => {
  const kept = Object.entries(headers).filter(([name]) => /^(content-(type|disposition|language)|cache-control|expires|x-amz-meta-.*)$/.test(name));
  const encoding = (headers['content-encoding'] ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== 'aws-chunked');
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    ...(encoding.length > 0 && { 'content-encoding': encoding.join(', ') }),
  };
};

/** PutObject, with `If-None-Match: *`. */
export const putObject = async (request: S3Request, store: ObjectStore, events: ObjectEvents): Promise<S3Answer> => {
  permit(request, 'PutObject', 'object');
  store.bucket(request.bucket);
  const body = await receiveBody(request.http, store.incomingFolder);
  if (request.http.headers['if-none-match'] === '*' && store.find(request.bucket, request.key)) {
    await rm(body.file, { force: true });
    throw new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');
  }
  const object = await store.put(request.bucket, request.key, body, keptHeaders(request));
  events.created(request, object, 'PutObject');
  return { status: 200, headers: { etag: object.etag } };
};

/** CopyObject within this machine. */
export const copyObject = async (request: S3Request, store: ObjectStore, events: ObjectEvents): Promise<S3Answer> => {
  permit(request, 'PutObject', 'object');
  const [bucket = '', ...key] = decodeURIComponent(String(request.http.headers['x-amz-copy-source'])).replace(/^\//, '').split('/');
  permit({ ...request, bucket, key: key.join('/') }, 'GetObject', 'object');
  store.bucket(request.bucket);
  const source = store.get(bucket, key.join('/'));
  await mkdir(store.incomingFolder, { recursive: true });
  const file = join(store.incomingFolder, randomUUID());
  await copyFile(store.pathOf(source), file);
  const headers = request.http.headers['x-amz-metadata-directive'] === 'REPLACE' ? keptHeaders(request) : source.headers;
  const object = await store.put(request.bucket, request.key, { file, bytes: source.bytes, md5: source.etag.replaceAll('"', '') }, headers);
  events.created(request, object, 'CopyObject');
  return xmlAnswer('CopyObjectResult', { ETag: object.etag, LastModified: new Date(object.modifiedAt).toISOString() });
};

/** DeleteObject: a missing key is no error. */
export const deleteObject = async (request: S3Request, store: ObjectStore, events: ObjectEvents): Promise<S3Answer> => {
  permit(request, 'DeleteObject', 'object');
  store.bucket(request.bucket);
  if (await store.remove(request.bucket, request.key)) events.deleted(request, request.bucket, request.key);
  return { status: 204 };
};

/** DeleteObjects: up to 1,000 keys. */
export const deleteObjects = async (request: S3Request, store: ObjectStore, events: ObjectEvents): Promise<S3Answer> => {
  store.bucket(request.bucket);
  const document = await readDocument(request);
  const keys = elementContents(document, 'Object').flatMap((object) => elementTexts(object, 'Key'));
  if (keys.length === 0 || keys.length > 1000) throw new S3Error('MalformedXML', 400, `The request names ${keys.length} keys: allowed are 1 to 1000.`);
  for (const key of keys) await deleteObject({ ...request, key }, store, events);
  const isQuiet = elementTexts(document, 'Quiet')[0] === 'true';
  return xmlAnswer('DeleteResult', { Deleted: isQuiet ? [] : keys.map((Key) => ({ Key })) });
};
