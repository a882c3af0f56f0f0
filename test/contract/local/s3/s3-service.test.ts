import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Permission } from '../../../../local/gateway/service.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import type { ServiceEvent } from '../../../../local/runtime/ports.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createS3Service } from '../../../../local/services/s3/s3-service.ts';
import { listenRaw } from '../../../support/raw-service-listener.ts';

const folder = mkdtempSync(join(tmpdir(), 's3-'));
const events: ServiceEvent[] = [];
let asked: Permission[];
let close: () => Promise<void>;
let client: S3Client;

beforeAll(async () => {
  const service = createS3Service({ state: memoryStateStore(), folder, clock: systemClock, events: { emit: (event) => void events.push(event) } });
  const listener = await listenRaw(service);
  ({ asked, close } = listener);
  client = new S3Client({ region: 'us-east-1', endpoint: listener.endpoint, forcePathStyle: true, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  await client.send(new CreateBucketCommand({ Bucket: 'media' }));
});

afterAll(async () => {
  client.destroy();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (Key: string, Body: string | Buffer, rest: object = {}) => client.send(new PutObjectCommand({ Bucket: 'media', Key, Body, ...rest }));
const read = async (Key: string, rest: object = {}) => (await client.send(new GetObjectCommand({ Bucket: 'media', Key, ...rest }))).Body?.transformToString();

describe('objects', () => {
  it('come back byte for byte, with type, metadata and entity tag', async () => {
    const body = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));

    const { ETag } = await put('a folder/übung+1.ts', body, { ContentType: 'video/mp2t', Metadata: { show: 'one' } });
    const got = await client.send(new GetObjectCommand({ Bucket: 'media', Key: 'a folder/übung+1.ts' }));

    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(body);
    expect(got).toMatchObject({ ContentType: 'video/mp2t', Metadata: { show: 'one' }, ETag, ContentLength: body.length });
  });

  it('are taken from a stream of unknown checksum', async () => {
    const { Readable } = await import('node:stream');

    await client.send(new PutObjectCommand({ Bucket: 'media', Key: 'streamed', Body: Readable.from([Buffer.from('hello '), Buffer.from('stream')]), ContentLength: 12 }));

    await expect(read('streamed')).resolves.toBe('hello stream');
  });

  it('can be empty', async () => {
    await put('empty', '');

    await expect(client.send(new HeadObjectCommand({ Bucket: 'media', Key: 'empty' }))).resolves.toMatchObject({ ContentLength: 0 });
    await expect(read('empty')).resolves.toBe('');
  });

  it.each([
    ['bytes=2-4', 'cde', 'bytes 2-4/10'],
    ['bytes=7-', 'hij', 'bytes 7-9/10'],
    ['bytes=-2', 'ij', 'bytes 8-9/10'],
  ])('are read in part by %s', async (Range, expected, ContentRange) => {
    await put('ranged', 'abcdefghij');

    const part = await client.send(new GetObjectCommand({ Bucket: 'media', Key: 'ranged', Range }));

    expect(part.ContentRange).toBe(ContentRange);
    await expect(part.Body?.transformToString()).resolves.toBe(expected);
  });

  it('rejects a range beyond the end', async () => {
    await put('ranged', 'abcdefghij');

    await expect(read('ranged', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('rejects a body that is not what its checksum says, and keeps nothing of it', async () => {
    await expect(put('broken', 'hello', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(read('broken')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  it('are not overwritten when they must not exist', async () => {
    await put('once', 'first');

    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(read('once')).resolves.toBe('first');
  });

  it('are copied and deleted', async () => {
    await put('original', 'text');
    await client.send(new CopyObjectCommand({ Bucket: 'media', Key: 'copy', CopySource: 'media/original' }));
    await client.send(new DeleteObjectCommand({ Bucket: 'media', Key: 'original' }));
    await client.send(new DeleteObjectCommand({ Bucket: 'media', Key: 'never-was' }));

    await expect(read('copy')).resolves.toBe('text');
    await expect(read('original')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are put together from parts', async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key: 'large' }));
    const part = async (PartNumber: number, Body: string) => ({ PartNumber, ...(await client.send(new UploadPartCommand({ Bucket: 'media', Key: 'large', UploadId, PartNumber, Body }))) });
    const [second, first] = await Promise.all([part(2, 'world'), part(1, 'hello ')]);

    const { ETag } = await client.send(new CompleteMultipartUploadCommand({ Bucket: 'media', Key: 'large', UploadId, MultipartUpload: { Parts: [first, second] } }));

    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    await expect(read('large')).resolves.toBe('hello world');
  });

  it('of an aborted upload never appear', async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key: 'aborted' }));
    await client.send(new AbortMultipartUploadCommand({ Bucket: 'media', Key: 'aborted', UploadId }));

    const part = client.send(new UploadPartCommand({ Bucket: 'media', Key: 'aborted', UploadId, PartNumber: 1, Body: 'x' }));

    await expect(part).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

describe('listings', () => {
  beforeAll(async () => {
    for (const key of ['list/a', 'list/b/1', 'list/b/2', 'list/c & d']) await put(key, key);
  });

  it('page through keys in order', async () => {
    const first = await client.send(new ListObjectsV2Command({ Bucket: 'media', Prefix: 'list/', MaxKeys: 3 }));
    const second = await client.send(new ListObjectsV2Command({ Bucket: 'media', Prefix: 'list/', MaxKeys: 3, ContinuationToken: first.NextContinuationToken }));

    expect(first.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['list/a', 6], ['list/b/1', 8], ['list/b/2', 8]]);
    expect(first.IsTruncated).toBe(true);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['list/c & d']);
    expect(second.IsTruncated).toBe(false);
  });

  it('fold what is below a delimiter', async () => {
    const { Contents, CommonPrefixes } = await client.send(new ListObjectsV2Command({ Bucket: 'media', Prefix: 'list/', Delimiter: '/' }));

    expect(Contents?.map(({ Key }) => Key)).toEqual(['list/a', 'list/c & d']);
    expect(CommonPrefixes).toEqual([{ Prefix: 'list/b/' }]);
  });
});

describe('buckets', () => {
  it('keep their configurations', async () => {
    const Rules = [{ ID: 'x', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 3 } }];
    await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket: 'media', LifecycleConfiguration: { Rules } }));

    const got = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: 'media' }));

    expect(got.Rules).toEqual(Rules);
    await expect(client.send(new GetBucketPolicyCommand({ Bucket: 'media' }))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
  });

  it('are not deleted while they hold objects', async () => {
    await put('kept', 'x');

    await expect(client.send(new DeleteBucketCommand({ Bucket: 'media' }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await expect(client.send(new HeadBucketCommand({ Bucket: 'absent' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it('tell EventBridge of objects once it is switched on', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'told' }));
    await client.send(new PutObjectCommand({ Bucket: 'told', Key: 'before', Body: 'x' }));
    await client.send(new PutBucketNotificationConfigurationCommand({ Bucket: 'told', NotificationConfiguration: { EventBridgeConfiguration: {} } }));
    await client.send(new PutObjectCommand({ Bucket: 'told', Key: 'a b.gz', Body: 'hello' }));
    await client.send(new DeleteObjectsCommand({ Bucket: 'told', Delete: { Objects: [{ Key: 'a b.gz' }] } }));

    const told = events.filter(({ resources }) => resources[0] === 'arn:aws:s3:::told');

    expect(told.map(({ source, detailType, detail }) => [source, detailType, detail['object']])).toEqual([
      ['aws.s3', 'Object Created', { key: 'a b.gz', size: 5, etag: '5d41402abc4b2a76b9719d911017c592', sequencer: expect.stringMatching(/^[0-9A-F]{16}$/) }],
      ['aws.s3', 'Object Deleted', { key: 'a b.gz', sequencer: expect.stringMatching(/^[0-9A-F]{16}$/) }],
    ]);
  });
});

describe('permissions', () => {
  it('are asked for by action and resource', async () => {
    asked.length = 0;
    await put('p/1', 'x');
    await read('p/1');
    await read('p/absent').catch(() => undefined);

    expect(asked).toEqual([
      { action: 's3:PutObject', resources: ['arn:aws:s3:::media/p/1'] },
      { action: 's3:GetObject', resources: ['arn:aws:s3:::media/p/1'] },
      { action: 's3:GetObject', resources: ['arn:aws:s3:::media/p/absent'] },
      { action: 's3:ListBucket', resources: ['arn:aws:s3:::media'] },
    ]);
  });
});
