import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readMultivariantPlaylist, type VariantStream } from '../../../media/hls/multivariant-playlist.ts';
import { packagingOf, retentionOf, type EndpointRecord } from '../endpoint-record.ts';
import { IngestStream, type IngestedFile } from './ingest-stream.ts';
import { PackagedStream } from './packaged-stream.ts';

/** A rendition of an endpoint with what the encoder said of it. */
export interface PackagedRendition {
  readonly variant: VariantStream;
  readonly stream: PackagedStream;
}

/** What one run of an encoder has put, from its multivariant playlist on. A new run is a new session and shows nothing of an earlier one. */
export class IngestSession {
  readonly folder: string;
  readonly #variants: readonly VariantStream[];
  readonly #streams: ReadonlyMap<string, IngestStream>;
  readonly #files = new Map<string, IngestedFile>();
  readonly #endpoints = new Map<string, { readonly modifiedAt: number; readonly renditions: readonly PackagedRendition[] }>();
  #lastPutAt: number;

  private constructor(folder: string, variants: readonly VariantStream[], now: number) {
    this.folder = folder;
    this.#variants = variants;
    this.#streams = new Map(variants.map(({ uri }) => [uri, new IngestStream()]));
    this.#lastPutAt = now;
    mkdirSync(folder, { recursive: true });
  }

  /** The session that this text begins, if it is a multivariant playlist. */
  static begin(text: string, folder: string, now: number): IngestSession | undefined {
    const variants = readMultivariantPlaylist(text);
    return variants === undefined ? undefined : new IngestSession(folder, variants, now);
  }

  /** Where the body of a media file goes. */
  pathFor(name: string): string {
    return join(this.folder, name);
  }

  keep(name: string, file: IngestedFile, now: number): void {
    this.#files.set(name, file);
    this.#lastPutAt = now;
  }

  /** Takes a version of a stream's playlist, and packages what it announces. */
  update(name: string, text: string, endpoints: readonly EndpointRecord[], now: number): void {
    this.#lastPutAt = now;
    this.#streams.get(name)?.accept(text, (uri) => this.#files.get(uri));
    for (const endpoint of endpoints) for (const { stream } of this.renditions(endpoint)) stream.advance();
    const retention = Math.max(0, ...endpoints.map((endpoint) => retentionOf(packagingOf(endpoint)) + packagingOf(endpoint).segmentMilliseconds * 2));
    for (const [uri, stream] of this.#streams) if (uri === name) for (const { path } of stream.trim(retention)) this.#remove(path);
  }

  /** The endpoint's renditions, in the order of the encoder's playlist. Changed settings cut anew from what is still held. */
  renditions(endpoint: EndpointRecord): readonly PackagedRendition[] {
    const known = this.#endpoints.get(endpoint.id);
    if (known?.modifiedAt === endpoint.modifiedAt) return known.renditions;
    const renditions = this.#variants.flatMap((variant) => {
      const source = this.#streams.get(variant.uri);
      return source === undefined ? [] : [{ variant, stream: new PackagedStream(source, packagingOf(endpoint)) }];
    });
    for (const { stream } of renditions) stream.advance();
    this.#endpoints.set(endpoint.id, { modifiedAt: endpoint.modifiedAt, renditions });
    return renditions;
  }

  /** Whether nothing has come for longer than viewers may still play. */
  isStale(endpoints: readonly EndpointRecord[], now: number): boolean {
    return now - this.#lastPutAt > Math.max(60_000, ...endpoints.map((endpoint) => retentionOf(packagingOf(endpoint))));
  }

  discard(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #remove(path: string): void {
    for (const [name, file] of this.#files) if (file.path === path) this.#files.delete(name);
    void rm(path, { force: true });
  }
}
