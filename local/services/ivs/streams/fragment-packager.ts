import { initSegment } from '../../../media/mp4/init-segment.ts';
import { jointSegment } from '../../../media/mp4/media-segment.ts';
import { audioFragment, videoFragment } from '../../../media/mp4/remux.ts';
import type { VideoConfiguration } from '../../../media/mp4/source/access-unit.ts';
import type { AudioConfiguration } from '../../../media/mp4/source/adts-frames.ts';
import { readChunkTiming, type ChunkTiming } from '../../../media/mp4/source/chunk-timing.ts';
import { ticksPerSecond, unwrap } from '../../../media/mp4/source/elementary-streams.ts';
import type { TransportPiece } from '../../../media/mpegts/transport-cutter.ts';
import type { StreamRendition } from './ladder.ts';
import type { FragmentInit } from './segment.ts';

/** A piece as a fragment, and what has to be read before it. */
export interface PackagedPiece {
  readonly bytes: Buffer;
  readonly init: FragmentInit;
}

/**
 * Makes fragmented MP4 of a rendition's MPEG-TS, pictures and sound in one file as there, on one time line from the first picture on.
 * How IVS lays it out is not documented.
 */
export class FragmentPackager {
  readonly #rendition: StreamRendition;
  #origin: number | undefined;
  #last = 0;
  #count = 0;
  #reorderingDelay = 0;
  #pictures: VideoConfiguration | undefined;
  #sound: AudioConfiguration | undefined;
  #init: FragmentInit | undefined;
  #hasSound = false;

  constructor(rendition: StreamRendition) {
    this.#rendition = rendition;
  }

  /** The same media as a fragment. What is read before it may change with key frames alone. `undefined` for what cannot be decoded from the first key frame on. */
  package({ bytes, isIndependent }: Pick<TransportPiece, 'bytes' | 'isIndependent'>): PackagedPiece | undefined {
    const timing = readChunkTiming(bytes, this.#pictures);
    if (timing === undefined) return undefined;
    this.#pictures = timing.video.configuration;
    this.#sound = timing.audio?.configuration ?? this.#sound;
    const init = isIndependent || this.#init === undefined ? this.#initOf(this.#pictures) : this.#init;
    this.#init = init;
    return { bytes: this.#media(bytes, timing, isIndependent), init };
  }

  #media(bytes: Buffer, { video, audio }: ChunkTiming, isIndependent: boolean): Buffer {
    const begin = unwrap(video.from, this.#origin === undefined ? undefined : this.#last);
    this.#origin ??= begin;
    this.#last = begin;
    if (isIndependent) this.#reorderingDelay = video.reorderingDelay;
    const shift = begin - video.from - this.#origin;
    // Sound that begins before the first picture of all would have a time below zero.
    const hasSound = this.#hasSound && audio?.starts.some((start) => start + shift >= 0) === true;
    const sound = hasSound ? [audioFragment([{ bytes, shift, audioFrom: 0 }], audio.configuration.samplesPerSecond)] : [];
    this.#count += 1;
    return jointSegment([videoFragment([{ bytes, shift }], ticksPerSecond, this.#reorderingDelay), ...sound], { sequenceNumber: this.#count });
  }

  #initOf(configuration: VideoConfiguration): FragmentInit {
    const { widthPixels, heightPixels } = this.#rendition;
    const pictures = { kind: 'video' as const, timescale: ticksPerSecond, widthPixels, heightPixels, configuration };
    const sound = this.#sound === undefined ? [] : [{ kind: 'audio' as const, timescale: this.#sound.samplesPerSecond, configuration: this.#sound }];
    this.#hasSound = sound.length > 0;
    const bytes = initSegment(pictures, ...sound);
    return this.#init?.bytes.equals(bytes) === true ? this.#init : { number: (this.#init?.number ?? -1) + 1, bytes };
  }
}
