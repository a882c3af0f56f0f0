import { readMediaPlaylist, type PlaylistSegment } from '../../../media/hls/media-playlist.ts';
import type { ChunkTiming } from '../../../media/mp4/source/chunk-timing.ts';

/** A file that an encoder has put. */
export interface IngestedFile {
  readonly path: string;
  readonly bytes: number;
  /** Absent when the file holds no pictures that can be packaged anew. */
  readonly timing?: ChunkTiming;
}

/** A piece of one stream as the encoder cut it. */
export interface IngestedChunk extends IngestedFile {
  readonly durationMilliseconds: number;
  /** Of its first picture, in milliseconds since the epoch. */
  readonly programDateTime: number;
  readonly isDiscontinuous: boolean;
  /** When it was announced, in milliseconds since the epoch. */
  readonly takenAt: number;
}

/** One rendition as it comes in at one ingest endpoint: chunks in order, each once, as the encoder's playlists announce them. */
export class IngestStream {
  readonly #chunks: IngestedChunk[] = [];
  #lastSequence = -1;
  #firstIndex = 0;
  #ended = false;

  /** Takes a version of the stream's playlist. Chunks that are not there yet are taken with the next version. */
  accept(text: string, fileOf: (uri: string) => IngestedFile | undefined, now: number): void {
    const playlist = readMediaPlaylist(text);
    if (playlist === undefined) return;
    for (const [index, segment] of playlist.segments.entries()) {
      const sequence = playlist.mediaSequence + index;
      if (sequence <= this.#lastSequence) continue;
      const file = fileOf(segment.uri);
      if (file === undefined) return;
      this.#lastSequence = sequence;
      this.#chunks.push(chunkOf(segment, file, now));
    }
    this.#ended = playlist.hasEnded === true;
  }

  /** The index of the oldest chunk still held. */
  get firstIndex(): number {
    return this.#firstIndex;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** The chunk with this index, counted from the first ever ingested. */
  chunk(index: number): IngestedChunk | undefined {
    return this.#chunks[index - this.#firstIndex];
  }

  /** Forgets and answers the chunks that are older than this much media. */
  trim(retentionMilliseconds: number): readonly IngestedChunk[] {
    let kept = 0;
    let keep = this.#chunks.length;
    while (keep > 0 && kept < retentionMilliseconds) {
      keep -= 1;
      kept += this.#chunks[keep]?.durationMilliseconds ?? 0;
    }
    this.#firstIndex += keep;
    return this.#chunks.splice(0, keep);
  }
}

const chunkOf = (segment: PlaylistSegment, file: IngestedFile, now: number): IngestedChunk => ({
  ...file,
  durationMilliseconds: segment.durationMilliseconds,
  programDateTime: segment.programDateTime ?? now - segment.durationMilliseconds,
  isDiscontinuous: segment.isDiscontinuous === true,
  takenAt: now,
});
