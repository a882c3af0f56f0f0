import { permit, readDocument, xmlAnswer, type S3Answer, type S3Request } from './http/s3-request.ts';
import { elementTexts } from './http/xml.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { S3Error } from './s3-error.ts';

const mostTags = 10;

const readTags = async (request: S3Request): Promise<Readonly<Record<string, string>>> => {
  const document = await readDocument(request);
  const [keys, values] = [elementTexts(document, 'Key'), elementTexts(document, 'Value')];
  if (keys.length !== values.length || new Set(keys).size < keys.length) throw new S3Error('MalformedXML', 400, 'Every tag has one key of its own and one value.');
  if (keys.length > mostTags) throw new S3Error('BadRequest', 400, `Object tags cannot be greater than ${mostTags}`);
  return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? '']));
};

/** PutObjectTagging, GetObjectTagging and DeleteObjectTagging; undefined for any other request. */
export const handleTagRequest = async (request: S3Request, store: ObjectStore): Promise<S3Answer | undefined> => {
  const { method, bucket, key, query } = request;
  if (key === '' || !query.has('tagging')) return undefined;
  const verb = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' }[method];
  if (verb === undefined) return undefined;
  permit(request, `${verb}ObjectTagging`, 'object');
  const { tags = {} } = store.get(bucket, key);
  if (verb === 'Get') return xmlAnswer('Tagging', { TagSet: { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } });
  store.tag(bucket, key, verb === 'Put' ? await readTags(request) : {});
  return { status: verb === 'Put' ? 200 : 204 };
};
