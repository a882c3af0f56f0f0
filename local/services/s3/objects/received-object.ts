import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { ChunkedBodyDecoder } from '../http/chunked-body.ts';
import { S3Error } from '../s3-error.ts';

/** A body that has arrived whole and is what its sender says. */
export interface ReceivedBody {
  /** Where it is kept until it becomes an object. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly md5: string;
}

/** Left free on the disk whatever is written, so that the platform can still keep its own state. */
const reservedBytes = 64 * 1024 * 1024;

const rejectWithoutRoom = async (folder: string, bytes: number): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + reservedBytes) throw noRoom();
};

const noRoom = (): S3Error => new S3Error('ServiceUnavailable', 503, 'No space is left in the data folder: free some, then try again.');

const isNoRoom = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC';

const isChunked = ({ headers }: IncomingMessage): boolean =>
  String(headers['x-amz-content-sha256']).startsWith('STREAMING-') || String(headers['content-encoding']).includes('aws-chunked');

const rejectDifferent = (name: string, given: string | undefined, computed: string): void => {
  if (given !== undefined && given !== computed) throw new S3Error('BadDigest', 400, `The ${name} you specified (${given}) did not match what we received (${computed}).`);
};

/**
 * Takes the body of a request into a file, decoding `aws-chunked` content, and compares length and checksums
 * (Content-MD5, CRC32 in a header or trailer, SHA-256 of the payload). Leaves no file behind when it fails.
 * @throws S3Error
 */
export const receiveBody = async (request: IncomingMessage, folder: string): Promise<ReceivedBody> => {
  const { headers } = request;
  await mkdir(folder, { recursive: true });
  await rejectWithoutRoom(folder, Number(headers['content-length'] ?? 0));
  const file = join(folder, randomUUID());
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let bytes = 0;
  let crc = 0;
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, callback) => {
      md5.update(chunk);
      sha256.update(chunk);
      crc = crc32(chunk, crc);
      bytes += chunk.length;
      callback(null, chunk);
    },
  });
  const decoder = isChunked(request) ? new ChunkedBodyDecoder() : undefined;
  try {
    if (decoder) await pipeline(request, decoder, measure, createWriteStream(file));
    else await pipeline(request, measure, createWriteStream(file));
    const digest = md5.digest();
    const crcBytes = Buffer.alloc(4);
    crcBytes.writeUInt32BE(crc);
    rejectDifferent('Content-MD5', headers['content-md5']?.toString(), digest.toString('base64'));
    const givenCrc = headers['x-amz-checksum-crc32'] ?? decoder?.trailers.get('x-amz-checksum-crc32');
    rejectDifferent('x-amz-checksum-crc32', givenCrc?.toString(), crcBytes.toString('base64'));
    const payload = headers['x-amz-content-sha256']?.toString();
    rejectDifferent('x-amz-content-sha256', /^[0-9a-f]{64}$/.test(payload ?? '') ? payload : undefined, sha256.digest('hex'));
    const decodedLength = headers['x-amz-decoded-content-length'];
    rejectDifferent('x-amz-decoded-content-length', decodedLength?.toString(), String(bytes));
    return { file, bytes, md5: digest.toString('hex') };
  } catch (error) {
    await rm(file, { force: true });
    throw isNoRoom(error) ? noRoom() : error;
  }
};

/** Joins files into a new one. Leaves no file behind when it fails. @throws S3Error when the disk is full */
export const joinFiles = async (files: readonly string[], target: string): Promise<void> => {
  try {
    await rm(target, { force: true });
    for (const file of files) await pipeline(createReadStream(file), createWriteStream(target, { flags: 'a' }));
  } catch (error) {
    await rm(target, { force: true });
    throw isNoRoom(error) ? noRoom() : error;
  }
};
