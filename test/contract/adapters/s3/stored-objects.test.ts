import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, GetObjectTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { s3AccessLogFiles } from '../../../../lambda/adapters/s3/s3-access-log-files.ts';
import { s3ArchiveRelease } from '../../../../lambda/adapters/s3/s3-archive-release.ts';
import { s3ObjectListing } from '../../../../lambda/adapters/s3/s3-object-listing.ts';
import { s3ObjectRemoval } from '../../../../lambda/adapters/s3/s3-object-removal.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createS3Service } from '../../../../local/services/s3/s3-service.ts';
import { type LocalGateway, startGateway } from '../../../support/gateway/local-gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'stored-objects-'));
let gateway: LocalGateway;
let client: S3Client;

const put = (Key: string, Body: Uint8Array | string) => client.send(new PutObjectCommand({ Bucket: 'media', Key, Body }));

beforeAll(async () => {
  gateway = await startGateway({ services: [createS3Service({ state: memoryStateStore(), clock: systemClock, folder, events: { emit: () => undefined } })] });
  client = new S3Client({ ...gateway.settings, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'media' }));
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  rmSync(folder, { recursive: true });
});

describe('the listing of objects', () => {
  it('lists what begins with the prefix, by key, with its bytes', async () => {
    const began = Date.now();
    await put('live/b.ts', 'xx');
    await put('live/a.ts', 'x');
    await put('lively/c.ts', 'xxx');

    const objects = await s3ObjectListing(client).list('media', 'live/');

    expect(objects.map(({ key, bytes }) => [key, bytes])).toEqual([['live/a.ts', 1n], ['live/b.ts', 2n]]);
    // S3 tells whole seconds.
    for (const { storedAt } of objects) expect(storedAt).toBeGreaterThan(began - 1000);
  });

  it('lists more than one page of the service', async () => {
    for (let batch = 0; batch < 11; batch += 1) await Promise.all(Array.from({ length: 100 }, (_, index) => put(`many/${batch}-${index}`, 'x')));

    const objects = await s3ObjectListing(client).list('media', 'many/');

    expect(objects).toHaveLength(1100);
    expect(objects.reduce((sum, { bytes }) => sum + bytes, 0n)).toBe(1100n);
  });

  it('lists nothing where nothing is', async () => {
    expect(await s3ObjectListing(client).list('media', 'none/')).toEqual([]);
  });
});

describe('what is done to objects', () => {
  it('removes many and no other', async () => {
    await Promise.all(Array.from({ length: 1001 }, (_, index) => put(`gone/${index}`, 'x')));
    await put('stays', 'x');

    await s3ObjectRemoval(client).remove('media', Array.from({ length: 1001 }, (_, index) => `gone/${index}`));

    expect(await s3ObjectListing(client).list('media', 'gone/')).toEqual([]);
    expect(await s3ObjectListing(client).list('media', 'stays')).toHaveLength(1);
  });

  it('marks archive files as converted, once or twice', async () => {
    await put('archive/a.ts', 'x');
    const files = [{ bucket: 'media', key: 'archive/a.ts' }];

    for (let times = 0; times < 2; times += 1) await s3ArchiveRelease(client).release(files);

    const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket: 'media', Key: 'archive/a.ts' }));
    expect(TagSet).toEqual([{ Key: 'visionstream:converted', Value: 'true' }]);
    await expect(client.send(new GetObjectTaggingCommand({ Bucket: 'media', Key: 'none' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('the files of the access log', () => {
  const textOf = async (key: string): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of s3AccessLogFiles(client).bytes('media', key)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('unpacks a compressed file', async () => {
    await put('logs/one.gz', gzipSync('#Version: 1.0\nfirst\tline\nsecond ü\n'));

    expect(await textOf('logs/one.gz')).toBe('#Version: 1.0\nfirst\tline\nsecond ü\n');
  });

  it('rejects a file that is not there', async () => {
    await expect(textOf('logs/gone.gz')).rejects.toMatchObject({ name: 'NotFound', code: 'log-file-not-found' });
  });

  it('rejects a file that was cut off', async () => {
    await put('logs/cut.gz', gzipSync('line\n'.repeat(1000)).subarray(0, 20));

    await expect(textOf('logs/cut.gz')).rejects.toMatchObject({ name: 'LogFault', reason: 'truncated' });
  });
});
