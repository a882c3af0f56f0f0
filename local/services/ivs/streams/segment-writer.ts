import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TransportPiece } from '../../../media/mpegts/transport-cutter.ts';
import type { FragmentPackager } from './fragment-packager.ts';
import type { FragmentInit, SegmentListener, StreamPart } from './segment.ts';

/** Where the media of a rendition go. */
export interface SegmentWriterOptions {
  readonly rendition: number;
  readonly folder: string;
  /** Absent for MPEG-TS. */
  readonly packager?: FragmentPackager;
}

/** Writes the segments of one rendition, each a file that grows by its parts. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  readonly #listener: SegmentListener;
  #number = 0;
  #parts: StreamPart[] = [];

  constructor(options: SegmentWriterOptions, listener: SegmentListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** Takes the next piece of the rendition; tells its part, and the segment that it completes. A segment that does not begin with a key frame is left out. */
  take(piece: TransportPiece): void {
    if (this.#parts.length > 0 || piece.isIndependent) this.#append(piece);
    if (piece.endsSegment) this.#complete();
  }

  #append(piece: TransportPiece): void {
    const { rendition, folder, packager } = this.#options;
    const { startMilliseconds, durationMilliseconds, isIndependent } = piece;
    const media: { readonly bytes: Buffer; readonly init?: FragmentInit } | undefined = packager === undefined ? { bytes: piece.bytes } : packager.package(piece);
    if (media === undefined) return;
    const { bytes, init } = media;
    const file = join(folder, `${rendition}-${String(this.#number).padStart(6, '0')}.${packager === undefined ? 'ts' : 'mp4'}`);
    appendFileSync(file, bytes);
    const before = this.#parts.at(-1);
    const part: StreamPart = {
      rendition, file, startMilliseconds, durationMilliseconds, isIndependent, offset: before === undefined ? 0 : before.offset + before.length, length: bytes.length,
      ...(init === undefined ? {} : { init }),
    };
    this.#parts.push(part);
    this.#listener.part(part);
  }

  #complete(): void {
    const [first] = this.#parts;
    if (first === undefined) return;
    const { rendition, file, startMilliseconds, init } = first;
    const durationMilliseconds = this.#parts.reduce((sum, part) => sum + part.durationMilliseconds, 0);
    this.#parts = [];
    this.#number += 1;
    this.#listener.segment({ rendition, file, startMilliseconds, durationMilliseconds, ...(init === undefined ? {} : { init }) });
  }
}
