import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { S3Error } from './s3-error.ts';
import { permit, readDocument, xmlAnswer, type S3Answer, type S3Request } from './http/s3-request.ts';
import { elementContents, elementTexts } from './http/xml.ts';
import type { ObjectEvents } from './object-events.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { receiveBody } from './objects/received-object.ts';
import { keptHeaders } from './write-object.ts';

const createUpload = (request: S3Request, store: ObjectStore): S3Answer => {
  permit(request, 'PutObject', 'object');
  const { bucket, key } = request;
  store.bucket(bucket);
  const uploadId = randomUUID();
  store.uploads.put(uploadId, { uploadId, bucket, key, headers: keptHeaders(request), parts: {} });
  return xmlAnswer('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: uploadId });
};

const uploadPart = async (request: S3Request, store: ObjectStore, uploadId: string): Promise<S3Answer> => {
  permit(request, 'PutObject', 'object');
  store.upload(uploadId);
  const number = Number(request.query.get('partNumber'));
  if (!(number >= 1 && number <= 10_000)) throw new S3Error('InvalidArgument', 400, 'Part number must be an integer between 1 and 10000, inclusive');
  const part = await receiveBody(request.http, store.incomingFolder);
  // Read again: other parts may have arrived meanwhile.
  const upload = store.upload(uploadId);
  store.uploads.put(uploadId, { ...upload, parts: { ...upload.parts, [number]: part } });
  return { status: 200, headers: { etag: `"${part.md5}"` } };
};

const completeUpload = async (request: S3Request, store: ObjectStore, events: ObjectEvents, uploadId: string): Promise<S3Answer> => {
  permit(request, 'PutObject', 'object');
  const parts = elementContents(await readDocument(request), 'Part').map((part) => ({
    number: Number(elementTexts(part, 'PartNumber')[0]),
    etag: `"${(elementTexts(part, 'ETag')[0] ?? '').replaceAll('"', '')}"`,
  }));
  const object = await store.complete(store.upload(uploadId), parts);
  events.created(request, object, 'CompleteMultipartUpload');
  return xmlAnswer('CompleteMultipartUploadResult', { Location: `/${object.bucket}/${object.key}`, Bucket: object.bucket, Key: object.key, ETag: object.etag });
};

const abortUpload = async (request: S3Request, store: ObjectStore, uploadId: string): Promise<S3Answer> => {
  permit(request, 'AbortMultipartUpload', 'object');
  const upload = store.upload(uploadId);
  store.uploads.delete(uploadId);
  await Promise.all(Object.values(upload.parts).map(({ file }) => rm(file, { force: true })));
  return { status: 204 };
};

/** Uploads in parts; undefined when the request is something else. */
export const handleUploadRequest = async (request: S3Request, store: ObjectStore, events: ObjectEvents): Promise<S3Answer | undefined> => {
  const uploadId = request.query.get('uploadId');
  if (request.method === 'POST' && request.query.has('uploads')) return createUpload(request, store);
  if (uploadId === null) return undefined;
  if (request.method === 'PUT') return uploadPart(request, store, uploadId);
  if (request.method === 'POST') return completeUpload(request, store, events, uploadId);
  if (request.method === 'DELETE') return abortUpload(request, store, uploadId);
  return undefined;
};
