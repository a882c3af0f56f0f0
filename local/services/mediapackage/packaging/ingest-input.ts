import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VariantStream } from '../../../media/hls/multivariant-playlist.ts';
import { readChunkTiming } from '../../../media/mp4/source/chunk-timing.ts';
import { IngestStream, type IngestedFile } from './ingest-stream.ts';

/** What one encoder has put at one ingest endpoint, from its multivariant playlist on. */
export class IngestInput {
  readonly streams: ReadonlyMap<string, IngestStream>;
  readonly #folder: string;
  readonly #files = new Map<string, IngestedFile>();
  #lastPutAt: number;

  constructor(variants: readonly VariantStream[], folder: string, now: number) {
    this.streams = new Map(variants.map(({ uri }) => [uri, new IngestStream()]));
    this.#folder = folder;
    this.#lastPutAt = now;
    mkdirSync(folder, { recursive: true });
  }

  /** Milliseconds since the epoch. */
  get lastPutAt(): number {
    return this.#lastPutAt;
  }

  /** Whether the encoder has said that each of its streams is over. */
  get hasEnded(): boolean {
    return [...this.streams.values()].every((stream) => stream.hasEnded);
  }

  /** Where the body of a media file goes. */
  pathFor(name: string): string {
    return join(this.#folder, name);
  }

  /** Takes a media file whose body is complete, and reads its times. */
  async keep(name: string, bytes: number, now: number): Promise<void> {
    const path = this.pathFor(name);
    const timing = readChunkTiming(await readFile(path));
    this.#files.set(name, { path, bytes, ...(timing === undefined ? {} : { timing }) });
    this.#lastPutAt = now;
  }

  /** Takes a version of a stream's playlist. */
  accept(name: string, text: string, now: number): void {
    this.#lastPutAt = now;
    this.streams.get(name)?.accept(text, (uri) => this.#files.get(uri), now);
  }

  /** Deletes what is older than this much media of a stream. */
  trim(name: string, retentionMilliseconds: number): void {
    for (const { path } of this.streams.get(name)?.trim(retentionMilliseconds) ?? []) {
      for (const [file, kept] of this.#files) if (kept.path === path) this.#files.delete(file);
      void rm(path, { force: true });
    }
  }
}
