import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { silentLogger } from '../../../media/processes/silent-logger.ts';
import type { ClientSettings } from '../../../runtime/ports.ts';

const contentTypes = new Map([['json', 'application/json'], ['m3u8', 'application/x-mpegURL'], ['mp4', 'video/mp4'], ['ts', 'video/MP2T']]);

/** Where a recording's objects go: below its prefix, one after the other, in the order in which they were given. */
export class RecordingFolder {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  #work: Promise<void> = Promise.resolve();
  /** Why the first object that could not be written was not. */
  failure: string | undefined;

  constructor(settings: ClientSettings, bucket: string, prefix: string) {
    this.#client = new S3Client({ ...settings, forcePathStyle: true, logger: silentLogger });
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  /** Writes an object once those before it are written. */
  put(path: string, body: Promise<Buffer> | string): Promise<void> {
    this.#work = this.#work.then(async () => {
      try {
        const ContentType = contentTypes.get(path.split('.').at(-1) ?? '');
        await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: `${this.#prefix}/${path}`, Body: await body, ContentType }));
      } catch (error) {
        this.failure ??= error instanceof Error ? `${path}: ${error.name}: ${error.message}` : path;
      }
    });
    return this.#work;
  }

  close(): void {
    this.#client.destroy();
  }
}

/** `ivs/v1/<account>/<channel>/<year>/<month>/<day>/<hour>/<minute>/<id>`, in UTC and without leading zeroes. */
export const prefixOf = (accountId: string, channelId: string, recordingId: string, at: number): string => {
  const date = new Date(at);
  const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()];
  return ['ivs/v1', accountId, channelId, ...parts, recordingId].join('/');
};
