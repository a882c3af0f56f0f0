import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { s3AccessLogFiles } from '../../../../lambda/adapters/s3/s3-access-log-files.ts';
import { NotFoundError } from '../../../../lambda/domain/shared/errors.ts';

const s3 = mockClient(S3Client);
const files = s3AccessLogFiles(new S3Client({ region: 'us-east-1' }));

const linesOf = async (lines: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

const body = (bytes: Uint8Array) => ({ Body: Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]) as never });

beforeEach(() => s3.reset());

describe('s3AccessLogFiles', () => {
  it('streams the lines of a compressed file', async () => {
    s3.on(GetObjectCommand, { Bucket: 'logs', Key: 'a.gz' }).resolves(body(gzipSync('#Version: 1.0\none\r\ntwo')));

    expect(await linesOf(files.lines('logs', 'a.gz'))).toEqual(['#Version: 1.0', 'one', 'two']);
  });

  it('fails on a file that is cut off', async () => {
    const whole = gzipSync('x'.repeat(100_000));
    s3.on(GetObjectCommand).resolves(body(whole.subarray(0, whole.length - 12)));

    await expect(linesOf(files.lines('logs', 'a.gz'))).rejects.toThrow(/unexpected end of file/);
  });

  it('fails on a file that is not compressed', async () => {
    s3.on(GetObjectCommand).resolves(body(Buffer.from('plain text that is long enough')));

    await expect(linesOf(files.lines('logs', 'a.gz'))).rejects.toThrow(/incorrect header/);
  });

  it('fails as not found when the file has gone', async () => {
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'gone', $metadata: {} }));

    await expect(linesOf(files.lines('logs', 'a.gz'))).rejects.toThrow(NotFoundError);
  });
});
