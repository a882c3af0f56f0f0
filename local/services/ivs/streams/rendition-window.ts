import { rmSync } from 'node:fs';
import type { LowLatency, PlaylistPart, RenditionReport } from '../../../media/hls/low-latency.ts';
import { writeMediaPlaylist, type PlaylistSegment } from '../../../media/hls/media-playlist.ts';
import { cutLengths, partHoldBackMilliseconds, partTargetMilliseconds, partsListedMilliseconds } from './low-latency.ts';
import type { StreamPart, StreamSegment } from './segment.ts';

const listed = 10;
/** A player may still ask for what its list had. */
const kept = 30;

/** The addresses that a playlist has, made of the numbers of segments, parts and initialisation sections. */
export interface PlaylistAddresses {
  segment(number: number): string;
  part(number: number, part: number): string;
  init(number: number): string;
}

/** A place in a rendition. */
export interface StreamPlace {
  readonly segment: number;
  /** Of the segment; absent for the whole of it. */
  readonly part?: number;
}

interface KeptSegment extends StreamSegment {
  readonly parts: readonly StreamPart[];
}

/** What can be watched of a rendition now: its newest segments, and the parts of the one that is being made. */
export class RenditionWindow {
  readonly #startedAt: number;
  #segments: KeptSegment[] = [];
  #open: StreamPart[] = [];
  #dropped = 0;
  #longestMilliseconds: number = cutLengths.segmentMilliseconds;
  #changed = Promise.withResolvers<undefined>();
  #hasEnded = false;

  /** `startedAt`: when the stream's first picture came, in milliseconds since the epoch. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  /** The newest part of all. */
  get edge(): { readonly segment: number; readonly part: number } {
    const isBetween = this.#open.length === 0;
    return { segment: this.#next - (isBetween ? 1 : 0), part: Math.max(0, (isBetween ? (this.#segments.at(-1)?.parts ?? []) : this.#open).length - 1) };
  }

  /** No segment is longer, in milliseconds. */
  get targetMilliseconds(): number {
    return Math.ceil(this.#longestMilliseconds / 1000) * 1000;
  }

  get #next(): number {
    return this.#dropped + this.#segments.length;
  }

  addPart(part: StreamPart): void {
    this.#open.push(part);
    this.#tell();
  }

  /** Takes the segment that its parts have become. */
  add(segment: StreamSegment): void {
    this.#segments.push({ ...segment, parts: this.#open });
    this.#open = [];
    this.#longestMilliseconds = Math.max(this.#longestMilliseconds, segment.durationMilliseconds);
    if (this.#segments.length > kept) {
      const [oldest, ...others] = this.#segments;
      this.#segments = others;
      this.#dropped += 1;
      if (oldest !== undefined) rmSync(oldest.file, { force: true });
    }
    this.#tell();
  }

  /** Nothing more comes. */
  end(): void {
    this.#hasEnded = true;
    this.#tell();
  }

  /** Whether a place is there already. A part beyond the last of a segment is the first of the next one. */
  has({ segment, part }: StreamPlace): boolean {
    if (this.#hasEnded || segment < this.#dropped) return true;
    if (part === undefined) return segment < this.#next;
    if (segment === this.#next) return part < this.#open.length;
    const parts = this.#segments[segment - this.#dropped]?.parts;
    return parts !== undefined && (part < parts.length || this.has({ segment: segment + 1, part: 0 }));
  }

  /** Resolves when there is more than now, or never will be. */
  changed(): Promise<undefined> {
    return this.#hasEnded ? Promise.resolve(undefined) : this.#changed.promise;
  }

  /** A segment by its number; `undefined` where it is gone, or not there yet. */
  segment(number: number): StreamSegment | undefined {
    return this.#segments[number - this.#dropped];
  }

  /** A part of a segment by their numbers; `undefined` where it is gone, or not there yet. */
  part(number: number, part: number): StreamPart | undefined {
    return (number === this.#next ? this.#open : this.#segments[number - this.#dropped]?.parts)?.[part];
  }

  /** What is read before fragments, by its number; `undefined` where none of the segments needs it. */
  init(number: number): Buffer | undefined {
    return [...this.#segments, ...this.#open].find(({ init }) => init?.number === number)?.init?.bytes;
  }

  /** The text of the media playlist. With reports of the other renditions it is one of Low-Latency HLS. */
  playlist(addresses: PlaylistAddresses, reports?: readonly RenditionReport[]): string {
    const first = Math.max(0, this.#segments.length - listed);
    const withParts = reports === undefined ? this.#segments.length : this.#firstWithParts();
    const segments = this.#segments.slice(first).map(({ startMilliseconds, durationMilliseconds, init, parts }, index): PlaylistSegment => {
      const number = this.#dropped + first + index;
      return {
        uri: addresses.segment(number), durationMilliseconds, programDateTime: this.#startedAt + startMilliseconds,
        ...(init === undefined ? {} : { map: addresses.init(init.number) }),
        ...(first + index < withParts ? {} : { parts: partsOf(parts, number, addresses) }),
      };
    });
    return writeMediaPlaylist({
      mediaSequence: this.#dropped + first, targetDurationSeconds: this.targetMilliseconds / 1000, segments, hasEnded: this.#hasEnded,
      ...(reports === undefined ? {} : { lowLatency: this.#lowLatency(addresses, reports) }),
    });
  }

  /** Players ask for parts of the newest segments alone. */
  #firstWithParts(): number {
    const since = (this.#segments.at(-1)?.startMilliseconds ?? 0) - partsListedMilliseconds(this.targetMilliseconds);
    return this.#segments.findIndex(({ startMilliseconds }) => startMilliseconds > since);
  }

  #lowLatency(addresses: PlaylistAddresses, reports: readonly RenditionReport[]): LowLatency {
    const [opening] = this.#open;
    return {
      partTargetMilliseconds, partHoldBackMilliseconds, reports,
      open: {
        parts: partsOf(this.#open, this.#next, addresses),
        ...(opening === undefined ? {} : { programDateTime: this.#startedAt + opening.startMilliseconds }),
        ...(opening?.init === undefined ? {} : { map: addresses.init(opening.init.number) }),
      },
      ...(this.#hasEnded ? {} : { nextPart: addresses.part(this.#next, this.#open.length) }),
    };
  }

  #tell(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }
}

const partsOf = (parts: readonly StreamPart[], number: number, addresses: PlaylistAddresses): readonly PlaylistPart[] =>
  parts.map(({ durationMilliseconds, isIndependent }, index) => ({ uri: addresses.part(number, index), durationMilliseconds, isIndependent }));
