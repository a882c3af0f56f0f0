import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { initSegment } from '../../../media/mp4/init-segment.ts';
import { jointSegment } from '../../../media/mp4/media-segment.ts';
import { audioFragment, videoFragment } from '../../../media/mp4/remux.ts';
import { readChunkTiming, type ChunkTiming } from '../../../media/mp4/source/chunk-timing.ts';
import { ticksPerSecond, unwrap } from '../../../media/mp4/source/elementary-streams.ts';
import type { StreamRendition } from './ladder.ts';
import type { StreamSegment } from './transcoder.ts';

/** What a player has to read before fragments. */
export interface FragmentInit {
  /** Counted from 0: another one begins where the encoder's settings change. */
  readonly number: number;
  readonly bytes: Buffer;
}

/**
 * Makes fragmented MP4 of a rendition's MPEG-TS segments, pictures and sound in one file as there, on one time line from the first picture on.
 * How IVS lays it out is not documented.
 */
export class FragmentPackager {
  readonly #rendition: StreamRendition;
  #origin: number | undefined;
  #last = 0;
  #count = 0;
  #init: FragmentInit | undefined;

  constructor(rendition: StreamRendition) {
    this.#rendition = rendition;
  }

  /** The same segment as fragmented MP4, its file in the place of the other. `undefined` for one that does not begin with a key frame. */
  package(segment: StreamSegment): StreamSegment | undefined {
    const bytes = readFileSync(segment.file);
    rmSync(segment.file);
    const timing = readChunkTiming(bytes);
    if (timing === undefined) return undefined;
    const file = segment.file.replace(/\.ts$/, '.mp4');
    writeFileSync(file, this.#media(bytes, timing));
    return { ...segment, file, init: this.#initOf(timing) };
  }

  #media(bytes: Buffer, { video, audio }: ChunkTiming): Buffer {
    const begin = unwrap(video.from, this.#origin === undefined ? undefined : this.#last);
    this.#origin ??= begin;
    this.#last = begin;
    const chunks = [{ bytes, shift: begin - video.from - this.#origin }];
    const sound = audio === undefined ? [] : [audioFragment(chunks, audio.configuration.samplesPerSecond)];
    // Sound that begins before the first picture of all would have a time below zero.
    const fragments = [videoFragment(chunks, ticksPerSecond), ...sound.map((fragment) => ({ ...fragment, decodeTime: Math.max(0, fragment.decodeTime) }))];
    this.#count += 1;
    return jointSegment(fragments, { sequenceNumber: this.#count });
  }

  #initOf({ video, audio }: ChunkTiming): FragmentInit {
    const { widthPixels, heightPixels } = this.#rendition;
    const pictures = { kind: 'video' as const, timescale: ticksPerSecond, widthPixels, heightPixels, configuration: video.configuration };
    const sound = audio === undefined ? [] : [{ kind: 'audio' as const, timescale: audio.configuration.samplesPerSecond, configuration: audio.configuration }];
    const bytes = initSegment(pictures, ...sound);
    if (this.#init === undefined || !this.#init.bytes.equals(bytes)) this.#init = { number: (this.#init?.number ?? -1) + 1, bytes };
    return this.#init;
  }
}
