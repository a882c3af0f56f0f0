import { S3Error } from './s3-error.ts';
import { permit, xmlAnswer, type S3Answer, type S3Request } from './http/s3-request.ts';
import type { ObjectRecord, ObjectStore } from './objects/object-store.ts';

const largestPage = 1000;

interface Page {
  readonly objects: readonly ObjectRecord[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of a page that is not the last. */
  readonly continueAfter: string | undefined;
}

/** One page of a listing: objects after a key, those below a delimiter folded into their common prefix. */
const pageOf = (objects: readonly ObjectRecord[], prefix: string, delimiter: string, after: string, size: number): Page => {
  const found: ObjectRecord[] = [];
  const prefixes = new Set<string>();
  let last = '';
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const folded = end < 0 ? undefined : object.key.slice(0, end + delimiter.length);
    const name = folded ?? object.key;
    if (name <= after || (folded !== undefined && prefixes.has(folded))) continue;
    if (found.length + prefixes.size === size) return { objects: found, commonPrefixes: [...prefixes], continueAfter: last };
    if (folded === undefined) found.push(object);
    else prefixes.add(folded);
    last = name;
  }
  return { objects: found, commonPrefixes: [...prefixes], continueAfter: undefined };
};

/** ListObjectsV2; undefined when the request is something else. The older ListObjects is refused. */
export const handleListRequest = (request: S3Request, store: ObjectStore): S3Answer | undefined => {
  const { method, bucket, key, query } = request;
  if (method !== 'GET' || key !== '' || bucket === '') return undefined;
  permit(request, 'ListBucket', 'bucket');
  store.bucket(bucket);
  if (query.get('list-type') !== '2') throw new S3Error('NotImplemented', 501, 'ListObjects (version 1) is not implemented: use ListObjectsV2.');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const size = Math.min(Number(query.get('max-keys') ?? largestPage), largestPage);
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const { objects, commonPrefixes, continueAfter } = pageOf(store.list(bucket, prefix), prefix, delimiter, after, size);
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  return xmlAnswer('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(query.get('encoding-type') === 'url' && { EncodingType: 'url' }),
    MaxKeys: size,
    KeyCount: objects.length + commonPrefixes.length,
    IsTruncated: continueAfter !== undefined,
    ...(token !== null && { ContinuationToken: token }),
    ...(continueAfter !== undefined && { NextContinuationToken: Buffer.from(continueAfter).toString('base64url') }),
    Contents: objects.map((object) => ({
      Key: encode(object.key),
      LastModified: new Date(object.modifiedAt).toISOString(),
      ETag: object.etag,
      Size: object.bytes,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: commonPrefixes.map((each) => ({ Prefix: encode(each) })),
  });
};
