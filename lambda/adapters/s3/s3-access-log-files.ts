import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { NotFoundError } from '../../domain/shared/errors.ts';
import { LogFault } from '../../domain/usage/access-log/log-fault.ts';
import type { AccessLogFiles } from '../../domain/usage/count-access-log.ts';
import { calling } from '../service-faults.ts';

const bodyOf = async (client: Pick<S3Client, 'send'>, bucket: string, key: string): Promise<Readable> => {
  try {
    const { Body } = await calling('s3', () => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
    if (Body instanceof Readable) return Body;
    throw new TypeError(`s3://${bucket}/${key} has no readable body`);
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    throw new NotFoundError({ code: 'log-file-not-found', message: `there is no s3://${bucket}/${key}: it may have expired`, cause: error });
  }
};

/** Larger pieces cost memory, smaller ones time: 16 KB, the default, take a third longer. */
const unpackedChunkBytes = 262_144;

/**
 * Gives the memory of a piece back at once: to be collected, each would have the collector look through all memory again
 * after a few dozen. Of a piece that does not fill its memory unpacking still has the rest.
 */
const release = ({ buffer, byteLength }: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength === unpackedChunkBytes) buffer.transfer(0);
};

/** What unpacking stumbled over; other errors are the connection's. */
const packingFault = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  if (error.code === 'Z_BUF_ERROR') return new LogFault('truncated', 'the file ends in the middle of its compressed data', { cause: error });
  if (error.code !== 'Z_DATA_ERROR') return error;
  const told = 'message' in error ? String(error.message) : '';
  return told.includes('header')
    ? new LogFault('not-gzip', 'the file is not compressed with gzip', { cause: error })
    : new LogFault('corrupt', `the compressed data are damaged: ${told}`, { cause: error });
};

/** Unpacks gzip as it streams, a part ahead of whoever reads; a piece is there until the next is asked for. @throws LogFault when it is none, damaged, or ends too early */
export async function* unpackedLog(packed: Readable): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: unpackedChunkBytes });
  packed.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  let hasData = false;
  try {
    for await (const chunk of unpacked) {
      if (!(chunk instanceof Uint8Array)) continue;
      hasData = true;
      yield chunk;
      release(chunk);
    }
    if (!hasData) throw new LogFault('truncated', 'the file is empty');
  } catch (error) {
    throw packingFault(error);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** Streams log files: `s3:GetObject` on the log bucket's objects. */
export const s3AccessLogFiles = (client: Pick<S3Client, 'send'>): AccessLogFiles => ({
  async *bytes(bucket, key) {
    yield* unpackedLog(await bodyOf(client, bucket, key));
  },
});
