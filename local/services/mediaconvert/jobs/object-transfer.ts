import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { silentLogger } from '../../../media/processes/silent-logger.ts';
import type { RoleSessions } from '../../../runtime/ports.ts';
import type { ObjectLocation } from '../settings/object-location.ts';
import { failureCodes, JobFailure } from './job-failure.ts';

/** What the service says that its files are. */
const contentTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4a': 'audio/mp4',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.ts': 'video/MP2T',
  '.jpg': 'image/jpeg',
};

/** Reads and writes objects as a job's role. */
export class ObjectTransfer {
  readonly #client: S3Client;

  constructor(roles: RoleSessions, roleArn: string, jobId: string) {
    this.#client = new S3Client({ ...roles.assume(roleArn, 'mediaconvert.amazonaws.com', `job-${jobId}`), forcePathStyle: true, logger: silentLogger });
  }

  /** An object's text. Throws {@link JobFailure} when it is not there or may not be read. */
  async read({ bucket, key }: ObjectLocation, signal: AbortSignal): Promise<string> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
      return (await Body?.transformToString()) ?? '';
    } catch (error) {
      throw failureOf(error, `Unable to open input file [s3://${bucket}/${key}]`);
    }
  }

  /** Appends an object to a file. Throws {@link JobFailure} when it is not there or may not be read. */
  async fetch({ bucket, key }: ObjectLocation, file: string, signal: AbortSignal): Promise<void> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
      if (!(Body instanceof Readable)) throw new JobFailure(failureCodes.unreadable, `s3://${bucket}/${key} has no content`);
      await pipeline(Body, createWriteStream(file, { flags: 'a' }), { signal });
    } catch (error) {
      throw failureOf(error, `Unable to open input file [s3://${bucket}/${key}]`);
    }
  }

  /** Writes a file. Throws {@link JobFailure} when it may not be written. */
  async store(file: string, { bucket, key }: ObjectLocation, signal: AbortSignal): Promise<void> {
    try {
      const { size } = await stat(file);
      await this.#client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(file), ContentLength: size, ContentType: contentTypes[extname(key)] ?? 'binary/octet-stream' }), { abortSignal: signal });
    } catch (error) {
      throw failureOf(error, `Unable to write to output file [s3://${bucket}/${key}]`);
    }
  }

  close(): void {
    this.#client.destroy();
  }
}

const failureOf = (error: unknown, what: string): JobFailure => {
  if (error instanceof JobFailure) return error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const code = status === 404 ? failureCodes.missing : status === 403 ? failureCodes.denied : failureCodes.other;
  return new JobFailure(code, `${what}: [${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}]`);
};
