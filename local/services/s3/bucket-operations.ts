import { S3Error } from './s3-error.ts';
import { permit, readDocument, xmlAnswer, type S3Answer, type S3Request } from './http/s3-request.ts';
import { escapeXml } from './http/xml.ts';
import type { ObjectStore } from './objects/object-store.ts';

/** The configurations of a bucket that are kept: subresource, its IAM name, and the error while there is none (null = an empty one is answered). */
const configurations: Readonly<Record<string, { readonly permission: string; readonly root: string; readonly missing: string | null }>> = {
  policy: { permission: 'BucketPolicy', root: '', missing: 'NoSuchBucketPolicy' },
  publicAccessBlock: { permission: 'BucketPublicAccessBlock', root: '', missing: 'NoSuchPublicAccessBlockConfiguration' },
  ownershipControls: { permission: 'BucketOwnershipControls', root: '', missing: 'OwnershipControlsNotFoundError' },
  lifecycle: { permission: 'LifecycleConfiguration', root: '', missing: 'NoSuchLifecycleConfiguration' },
  encryption: { permission: 'EncryptionConfiguration', root: '', missing: 'ServerSideEncryptionConfigurationNotFoundError' },
  tagging: { permission: 'BucketTagging', root: '', missing: 'NoSuchTagSet' },
  notification: { permission: 'BucketNotification', root: 'NotificationConfiguration', missing: null },
  versioning: { permission: 'BucketVersioning', root: 'VersioningConfiguration', missing: null },
};

/** The configuration that a request is about. */
const configurationOf = ({ query }: S3Request): string | undefined => Object.keys(configurations).find((name) => query.has(name));

const createBucket = (request: S3Request, store: ObjectStore, now: number): S3Answer => {
  permit(request, 'CreateBucket', 'bucket');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(request.bucket)) {
    throw new S3Error('InvalidBucketName', 400, `The specified bucket is not valid: "${request.bucket}": allowed are 3 to 63 lower-case letters, digits, dots and hyphens.`);
  }
  // In us-east-1 creating one's own bucket again is no error.
  if (!store.buckets.get(request.bucket)) store.buckets.put(request.bucket, { name: request.bucket, createdAt: now, configurations: {} });
  return { status: 200, headers: { location: `/${request.bucket}` } };
};

const deleteBucket = (request: S3Request, store: ObjectStore): S3Answer => {
  permit(request, 'DeleteBucket', 'bucket');
  store.bucket(request.bucket);
  if (store.list(request.bucket, '').length > 0) throw new S3Error('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty.');
  store.buckets.delete(request.bucket);
  return { status: 204 };
};

const configure = async (request: S3Request, store: ObjectStore, name: string): Promise<S3Answer> => {
  const configuration = configurations[name];
  if (!configuration) throw new S3Error('NotImplemented', 501, `${name} is not implemented.`);
  const verb = request.method === 'GET' ? 'Get' : request.method === 'PUT' ? 'Put' : 'Delete';
  permit(request, `${name === 'policy' && verb === 'Delete' ? 'Delete' : verb === 'Delete' ? 'Put' : verb}${configuration.permission}`, 'bucket');
  const bucket = store.bucket(request.bucket);
  const { [name]: stored, ...others } = bucket.configurations;
  if (verb === 'Put') store.buckets.put(bucket.name, { ...bucket, configurations: { ...others, [name]: await readDocument(request) } });
  if (verb === 'Delete') store.buckets.put(bucket.name, { ...bucket, configurations: others });
  if (verb !== 'Get') return { status: verb === 'Put' ? 200 : 204 };
  if (stored !== undefined) return { status: 200, headers: { 'content-type': name === 'policy' ? 'application/json' : 'application/xml' }, body: stored };
  if (configuration.missing === null) return xmlAnswer(configuration.root, {});
  throw new S3Error(configuration.missing, 404, `The bucket ${bucket.name} has no ${name} configuration.`);
};

const listBuckets = (request: S3Request, store: ObjectStore): S3Answer => {
  request.authorise({ action: 's3:ListAllMyBuckets', resources: ['*'] });
  const Bucket = [...store.buckets.values()].map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt).toISOString() }));
  return xmlAnswer('ListAllMyBucketsResult', { Owner: { ID: request.context.accountId }, Buckets: { Bucket } });
};

/** Requests to the account and to buckets; undefined when it is none of these. */
export const handleBucketRequest = async (request: S3Request, store: ObjectStore, now: number): Promise<S3Answer | undefined> => {
  if (request.bucket === '') return request.method === 'GET' ? listBuckets(request, store) : undefined;
  if (request.key !== '') return undefined;
  const configuration = configurationOf(request);
  if (configuration !== undefined) return configure(request, store, configuration);
  if (request.query.has('location') && request.method === 'GET') {
    permit(request, 'GetBucketLocation', 'bucket');
    store.bucket(request.bucket);
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${escapeXml('')}</LocationConstraint>` };
  }
  if (request.method === 'PUT') return createBucket(request, store, now);
  if (request.method === 'DELETE') return deleteBucket(request, store);
  if (request.method !== 'HEAD') return undefined;
  permit(request, 'ListBucket', 'bucket');
  store.bucket(request.bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': request.context.region } };
};
