import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { VariantStream } from '../../../media/hls/multivariant-playlist.ts';
import { packagingOf, type EndpointRecord } from '../endpoint-record.ts';
import { IngestInput } from './ingest-input.ts';
import { InputChoice } from './input-choice.ts';
import { MergedStream } from './merged-stream.ts';
import { PackagedStream } from './packaged-stream.ts';
import { PresentationTimeline, ticksPerMillisecond } from './presentation-timeline.ts';

/** A rendition of an endpoint with what the encoder said of it. */
export interface PackagedRendition {
  readonly variant: VariantStream;
  readonly stream: PackagedStream;
}

/** What a session is made of. */
export interface IngestSessionOptions {
  /** Tells it apart from every other session. */
  readonly id: string;
  readonly variants: readonly VariantStream[];
  readonly folder: string;
  /** Told the ingest endpoints (0 or 1) that the show was and is packaged from. */
  readonly onSwitch: (from: number, to: number) => void;
}

const liveMilliseconds = 10_000;

/** One show: what the encoders of one run have put at both ingest endpoints. A new run is a new session and shows nothing of an earlier one. */
export class IngestSession {
  readonly id: string;
  readonly timeline = new PresentationTimeline();
  readonly #choice: InputChoice;
  readonly #variants: readonly VariantStream[];
  readonly #folder: string;
  readonly #merged: ReadonlyMap<string, MergedStream>;
  readonly #inputs: (IngestInput | undefined)[] = [];
  readonly #endpoints = new Map<string, { readonly modifiedAt: number; readonly renditions: readonly PackagedRendition[] }>();
  #joined = 0;

  constructor({ id, variants, folder, onSwitch }: IngestSessionOptions) {
    this.id = id;
    this.#choice = new InputChoice(onSwitch);
    this.#variants = variants;
    this.#folder = folder;
    this.#merged = new Map(variants.map(({ uri }) => [uri, new MergedStream(this.timeline, this.#choice)]));
  }

  /** Takes an encoder at an ingest endpoint, in the place of one that was there before. */
  join(input: number, now: number): void {
    this.#joined += 1;
    const joined = new IngestInput(this.#variants, join(this.#folder, String(this.#joined)), now);
    this.#inputs[input] = joined;
    for (const [uri, stream] of joined.streams) this.#merged.get(uri)?.attach(input, stream);
  }

  input(input: number): IngestInput | undefined {
    return this.#inputs[input];
  }

  /** The ingest endpoint that the show is packaged from. */
  get activeInput(): number {
    return this.#choice.active;
  }

  /** Whether an encoder is at work at an ingest endpoint. */
  isLive(input: number, now: number): boolean {
    const encoder = this.#inputs[input];
    return encoder !== undefined && !encoder.hasEnded && now - encoder.lastPutAt < liveMilliseconds;
  }

  /** Takes a version of a stream's playlist, and packages what it announces. */
  update(input: number, name: string, text: string, endpoints: readonly EndpointRecord[], now: number): void {
    this.#inputs[input]?.accept(name, text, now);
    for (const merged of this.#merged.values()) merged.advance();
    for (const endpoint of endpoints) for (const { stream } of this.renditions(endpoint)) stream.advance();
    const settings = endpoints.map(packagingOf);
    const retention = Math.max(0, ...settings.map(({ retentionMilliseconds, segmentMilliseconds }) => retentionMilliseconds + 2 * segmentMilliseconds));
    this.#inputs[input]?.trim(name, retention);
    this.#merged.get(name)?.trim(retention * ticksPerMillisecond);
  }

  /** The endpoint's renditions, in the order of the encoder's playlist. Changed settings cut anew from what is still held. */
  renditions(endpoint: EndpointRecord): readonly PackagedRendition[] {
    const known = this.#endpoints.get(endpoint.id);
    if (known?.modifiedAt === endpoint.modifiedAt) return known.renditions;
    const renditions = this.#variants.flatMap((variant) => {
      const source = this.#merged.get(variant.uri);
      return source === undefined ? [] : [{ variant, stream: new PackagedStream(source, this.timeline, packagingOf(endpoint)) }];
    });
    for (const { stream } of renditions) stream.advance();
    this.#endpoints.set(endpoint.id, { modifiedAt: endpoint.modifiedAt, renditions });
    return renditions;
  }

  /** Whether nothing has come for longer than viewers may still play. */
  isStale(endpoints: readonly EndpointRecord[], now: number): boolean {
    const lastPutAt = Math.max(...this.#inputs.map((input) => input?.lastPutAt ?? 0));
    return now - lastPutAt > Math.max(60_000, ...endpoints.map((endpoint) => packagingOf(endpoint).retentionMilliseconds));
  }

  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
