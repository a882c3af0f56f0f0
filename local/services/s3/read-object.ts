import { type FileHandle, open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { S3Error } from './s3-error.ts';
import { permit, type S3Request } from './http/s3-request.ts';
import type { ObjectRecord, ObjectStore } from './objects/object-store.ts';

interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** The bytes asked for; undefined = all. Several ranges at once are answered whole, as S3 does. */
const rangeOf = (header: string | undefined, bytes: number): ByteRange | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (first >= bytes || first > last) throw new S3Error('InvalidRange', 416, 'The requested range is not satisfiable');
  return { first, last };
};

/** Who may not list a bucket does not learn whether a key exists. */
const findVisible = (request: S3Request, store: ObjectStore): ObjectRecord => {
  permit(request, 'GetObject', 'object');
  store.bucket(request.bucket);
  if (!store.find(request.bucket, request.key)) permit(request, 'ListBucket', 'bucket');
  return store.get(request.bucket, request.key);
};

// A write may replace the object between the look-up and the opening of its file: then the new one is there.
const openObject = async (request: S3Request, store: ObjectStore): Promise<{ readonly object: ObjectRecord; readonly file: FileHandle }> => {
  const object = findVisible(request, store);
  try {
    return { object, file: await open(store.pathOf(object)) };
  } catch {
    const current = store.get(request.bucket, request.key);
    return { object: current, file: await open(store.pathOf(current)) };
  }
};

/** GetObject and HeadObject, with ranges and conditions. */
export const sendObject = async (request: S3Request, response: ServerResponse, store: ObjectStore): Promise<void> => {
  const { object, file } = await openObject(request, store);
  try {
    await send(request, response, object, file);
  } finally {
    await file.close();
  }
};

const send = async (request: S3Request, response: ServerResponse, object: ObjectRecord, file: FileHandle): Promise<void> => {
  const { headers } = request.http;
  const common = { etag: object.etag, 'last-modified': new Date(object.modifiedAt).toUTCString(), 'accept-ranges': 'bytes', 'x-amz-request-id': request.context.requestId };
  if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag) throw new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');
  if (headers['if-none-match'] === object.etag) {
    response.writeHead(304, common).end();
    return;
  }
  // A query of the caller's own for this one answer. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  const disposition = request.query.get('response-content-disposition');
  const range = rangeOf(headers.range, object.bytes);
  const length = range ? range.last - range.first + 1 : object.bytes;
  response.writeHead(range ? 206 : 200, {
    ...object.headers,
    ...(disposition !== null && { 'content-disposition': disposition }),
    ...common,
    'content-length': String(length),
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${object.bytes}` }),
  });
  if (request.method === 'HEAD' || length === 0) {
    response.end();
    return;
  }
  await pipeline(file.createReadStream({ autoClose: false, ...(range && { start: range.first, end: range.last }) }), response);
};
