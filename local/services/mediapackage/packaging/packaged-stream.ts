import type { MediaPlaylist, PlaylistSegment } from '../../../media/hls/media-playlist.ts';
import { retentionOf, type PackagingSettings } from '../endpoint-record.ts';
import type { IngestedChunk, IngestStream } from './ingest-stream.ts';

/** A segment as viewers get it: whole chunks, joined. */
export interface PackagedSegment {
  readonly number: number;
  readonly chunks: readonly IngestedChunk[];
  readonly durationMilliseconds: number;
  readonly bytes: number;
  /** How many discontinuities stand before or at its start. */
  readonly discontinuities: number;
}

/** One rendition of an endpoint: joins chunks to segments of the endpoint's length, numbered from 1. */
export class PackagedStream {
  readonly #source: IngestStream;
  readonly #settings: PackagingSettings;
  readonly #segments: PackagedSegment[] = [];
  #group: IngestedChunk[] = [];
  #nextChunk: number;
  #nextNumber = 1;
  #discontinuities = 0;

  constructor(source: IngestStream, settings: PackagingSettings) {
    this.#source = source;
    this.#settings = settings;
    this.#nextChunk = source.firstIndex;
  }

  /** Takes what has been ingested since. What an ended stream leaves over is a short last segment. */
  advance(): void {
    for (let chunk = this.#source.chunk(this.#nextChunk); chunk !== undefined; chunk = this.#source.chunk(this.#nextChunk)) {
      this.#nextChunk += 1;
      if (chunk.isDiscontinuous) {
        this.#close();
        this.#discontinuities += 1;
      }
      this.#group.push(chunk);
      // The whole number of chunks that comes nearest to the endpoint's length.
      if (durationOf(this.#group) >= this.#settings.segmentMilliseconds - chunk.durationMilliseconds / 2) this.#close();
    }
    if (this.#source.hasEnded) this.#close();
    this.#forget();
  }

  segment(number: number): PackagedSegment | undefined {
    return this.#segments.find((segment) => segment.number === number);
  }

  /** What the window shows now; `undefined` while there is no whole segment. */
  playlist(uriOf: (number: number) => string): MediaPlaylist | undefined {
    const shown = this.#shown();
    const first = shown[0];
    if (first === undefined) return undefined;
    return {
      mediaSequence: first.number,
      ...(first.discontinuities === 0 ? {} : { discontinuitySequence: first.discontinuities }),
      targetDurationSeconds: Math.ceil(Math.max(this.#settings.segmentMilliseconds, ...shown.map((segment) => segment.durationMilliseconds)) / 1000),
      segments: shown.map((segment, index) => this.#entry(segment, shown[index - 1], uriOf)),
    };
  }

  #entry(segment: PackagedSegment, previous: PackagedSegment | undefined, uriOf: (number: number) => string): PlaylistSegment {
    const interval = this.#settings.programDateTimeIntervalMilliseconds;
    const [time, before] = [segment.chunks[0]?.programDateTime, previous?.chunks[0]?.programDateTime];
    const isDiscontinuous = previous !== undefined && previous.discontinuities !== segment.discontinuities;
    const isDue = interval > 0 && time !== undefined && (before === undefined || isDiscontinuous || Math.floor(time / interval) !== Math.floor(before / interval));
    return { uri: uriOf(segment.number), durationMilliseconds: segment.durationMilliseconds, isDiscontinuous, ...(isDue ? { programDateTime: time } : {}) };
  }

  #shown(): readonly PackagedSegment[] {
    let from = this.#segments.length;
    for (let covered = 0; from > 0 && covered < this.#settings.windowMilliseconds; covered += this.#segments[from]?.durationMilliseconds ?? 0) from -= 1;
    return this.#segments.slice(from);
  }

  #close(): void {
    if (this.#group.length === 0) return;
    const chunks = this.#group;
    this.#group = [];
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    this.#segments.push({ number: this.#nextNumber, chunks, bytes, durationMilliseconds: durationOf(chunks), discontinuities: this.#discontinuities });
    this.#nextNumber += 1;
  }

  #forget(): void {
    let held = durationOf(this.#segments);
    while (held - (this.#segments[0]?.durationMilliseconds ?? Infinity) >= retentionOf(this.#settings)) held -= this.#segments.shift()?.durationMilliseconds ?? 0;
  }
}

const durationOf = (pieces: readonly { readonly durationMilliseconds: number }[]): number => pieces.reduce((sum, piece) => sum + piece.durationMilliseconds, 0);
