import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { s3AccessLogFiles } from '../../../../lambda/adapters/s3/s3-access-log-files.ts';
import { NotFoundError } from '../../../../lambda/domain/shared/errors.ts';

const s3 = mockClient(S3Client);
const files = s3AccessLogFiles(new S3Client({ region: 'us-east-1' }));

const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of bytes) all.push(Buffer.from(chunk));
  return Buffer.concat(all).toString();
};

const body = (bytes: Uint8Array) => ({ Body: Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]) as never });

beforeEach(() => s3.reset());

describe('s3AccessLogFiles', () => {
  it('unpacks a compressed file as it streams', async () => {
    s3.on(GetObjectCommand, { Bucket: 'logs', Key: 'a.gz' }).resolves(body(gzipSync('#Version: 1.0\none\ntwo')));

    expect(await textOf(files.bytes('logs', 'a.gz'))).toBe('#Version: 1.0\none\ntwo');
  });

  it('unpacks a file of many pieces, of which each is there until the next', async () => {
    const text = Array.from({ length: 150_000 }, (_, index) => `line ${index}\n`).join('');
    s3.on(GetObjectCommand).resolves(body(gzipSync(text)));

    expect(await textOf(files.bytes('logs', 'a.gz'))).toBe(text);
  });

  it('unpacks a file of several members', async () => {
    s3.on(GetObjectCommand).resolves(body(Buffer.concat([gzipSync('one\n'), gzipSync('two\n')])));

    expect(await textOf(files.bytes('logs', 'a.gz'))).toBe('one\ntwo\n');
  });

  const whole = gzipSync('abcdefgh'.repeat(10_000));
  const damaged = Buffer.from(whole);
  damaged.writeUInt32LE(0, damaged.length - 8);

  it.each([
    ['that is cut off', whole.subarray(0, whole.length - 12), 'truncated'],
    ['that is not compressed', Buffer.from('plain text that is long enough'), 'not-gzip'],
    ['that is damaged', damaged, 'corrupt'],
    ['that is empty', Buffer.alloc(0), 'truncated'],
  ])('fails on a file %s', async (_what, bytes, reason) => {
    s3.on(GetObjectCommand).resolves(body(bytes));

    await expect(textOf(files.bytes('logs', 'a.gz'))).rejects.toMatchObject({ name: 'LogFault', reason });
  });

  it('fails as not found when the file has gone', async () => {
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'gone', $metadata: {} }));

    await expect(textOf(files.bytes('logs', 'a.gz'))).rejects.toThrow(NotFoundError);
  });
});
