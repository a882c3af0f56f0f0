import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createReadStream, existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Clock } from '../../../runtime/clock.ts';
import { silentLogger } from '../../../media/processes/silent-logger.ts';
import type { RoleSessions } from '../../../runtime/ports.ts';
import type { Collection } from '../../../runtime/state/collection.ts';
import type { PendingUpload } from '../records.ts';
import { reasonOf } from '../run/encoded-piece.ts';

/** Told how an upload fares. */
export interface UploadListener {
  uploaded(upload: PendingUpload, bytes: number): void;
  failed(upload: PendingUpload, reason: string): void;
}

/** What an uploader works with. */
export interface ArchiveUploaderOptions {
  readonly roles: RoleSessions;
  readonly clock: Clock;
  /** Survives a restart, so that an object is uploaded whatever happens between. */
  readonly pending: Collection<PendingUpload>;
  readonly listener: UploadListener;
}

const backoff = { first: 1000, most: 60_000 } as const;

/** Uploads archive objects as the channel's role. An upload that fails is tried again until it works; its file stays until then. */
export class ArchiveUploader {
  readonly #options: ArchiveUploaderOptions;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(options: ArchiveUploaderOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left. */
  resume(): void {
    for (const upload of this.#options.pending.values()) void this.#begin(upload);
  }

  /** Remembers an object that grows, to be uploaded at the next start should this process not come to it. */
  expect(upload: PendingUpload): void {
    this.#options.pending.put(upload.file, upload);
  }

  /** Resolves when the object is there, or when the uploader closes. */
  upload(upload: PendingUpload): Promise<void> {
    this.expect(upload);
    return this.#begin(upload);
  }

  /** Gives up what does not work now; it is taken up at the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#running);
  }

  #begin(upload: PendingUpload): Promise<void> {
    const work = this.#persist(upload).finally(() => this.#running.delete(work));
    this.#running.add(work);
    return work;
  }

  async #persist(upload: PendingUpload): Promise<void> {
    const { clock, pending, listener } = this.#options;
    for (let wait: number = backoff.first; existsSync(upload.file); wait = Math.min(backoff.most, wait * 2)) {
      try {
        const bytes = await this.#put(upload);
        pending.delete(upload.file);
        await rm(upload.file, { force: true });
        listener.uploaded(upload, bytes);
        return;
      } catch (error) {
        listener.failed(upload, reasonOf(error));
      }
      await clock.sleep(wait, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
    }
    pending.delete(upload.file);
  }

  async #put({ file, bucket, key, roleArn, channelId }: PendingUpload): Promise<number> {
    const settings = this.#options.roles.assume(roleArn, 'medialive.amazonaws.com', `channel-${channelId}`);
    const client = new S3Client({ ...settings, forcePathStyle: true, logger: silentLogger });
    const { size } = await stat(file);
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(file), ContentLength: size, ContentType: 'video/MP2T' }));
      return size;
    } finally {
      client.destroy();
    }
  }
}
