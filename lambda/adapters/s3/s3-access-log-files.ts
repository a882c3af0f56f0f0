import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { NotFoundError } from '../../domain/shared/errors.ts';
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

async function* linesOf(client: Pick<S3Client, 'send'>, bucket: string, key: string): AsyncGenerator<string> {
  const body = await bodyOf(client, bucket, key);
  const unzipped = createGunzip();
  body.on('error', (error) => unzipped.destroy(error)).pipe(unzipped);
  try {
    yield* createInterface({ input: unzipped, crlfDelay: Infinity });
  } finally {
    body.destroy();
  }
}

/** Streams compressed log files line by line: `s3:GetObject` on the log bucket's objects. */
export const s3AccessLogFiles = (client: Pick<S3Client, 'send'>): AccessLogFiles => ({
  lines: (bucket, key) => linesOf(client, bucket, key),
});
