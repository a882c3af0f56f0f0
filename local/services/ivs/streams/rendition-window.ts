import { rmSync } from 'node:fs';
import type { PlaylistSegment } from '../../../media/hls/media-playlist.ts';
import { writeMediaPlaylist } from '../../../media/hls/media-playlist.ts';
import type { StreamSegment } from './transcoder.ts';

const listed = 10;
/** A player may still ask for what its list had. */
const kept = 30;
const segmentSeconds = 2;

/** The segments of a rendition that can be watched now. */
export class RenditionWindow {
  readonly #startedAt: number;
  #segments: StreamSegment[] = [];
  #dropped = 0;
  #longestMilliseconds = segmentSeconds * 1000;

  /** `startedAt`: when the stream's first picture came, in milliseconds since the epoch. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  add(segment: StreamSegment): void {
    this.#segments.push(segment);
    this.#longestMilliseconds = Math.max(this.#longestMilliseconds, segment.durationMilliseconds);
    if (this.#segments.length <= kept) return;
    const [oldest, ...others] = this.#segments;
    this.#segments = others;
    this.#dropped += 1;
    if (oldest !== undefined) rmSync(oldest.file, { force: true });
  }

  /** A segment by its number; `undefined` where it is gone, or not there yet. */
  segment(number: number): StreamSegment | undefined {
    return this.#segments[number - this.#dropped];
  }

  /** What is read before fragments, by its number; `undefined` where none of the segments needs it. */
  init(number: number): Buffer | undefined {
    return this.#segments.find(({ init }) => init?.number === number)?.init?.bytes;
  }

  /** The text of the media playlist; `uri` makes a segment's address of its number, `initUri` that of what is read before. */
  playlist(uri: (number: number) => string, initUri: (number: number) => string, hasEnded: boolean): string {
    const first = Math.max(0, this.#segments.length - listed);
    const segments: PlaylistSegment[] = this.#segments.slice(first).map(({ startMilliseconds, durationMilliseconds, init }, index) => ({
      uri: uri(this.#dropped + first + index), durationMilliseconds, programDateTime: this.#startedAt + startMilliseconds,
      ...(init === undefined ? {} : { map: initUri(init.number) }),
    }));
    return writeMediaPlaylist({ mediaSequence: this.#dropped + first, targetDurationSeconds: Math.ceil(this.#longestMilliseconds / 1000), segments, hasEnded });
  }
}
