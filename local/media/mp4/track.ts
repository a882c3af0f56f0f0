import type { AudioConfiguration } from './source/adts-frames.ts';
import type { VideoConfiguration } from './source/access-unit.ts';

/** A track of pictures. */
export interface VideoTrack {
  readonly kind: 'video';
  /** Units of its times a second. */
  readonly timescale: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly configuration: VideoConfiguration;
}

/** A track of sound. */
export interface AudioTrack {
  readonly kind: 'audio';
  readonly timescale: number;
  readonly configuration: AudioConfiguration;
}

export type Track = VideoTrack | AudioTrack;

/** One sample of a fragment. Times are in the track's timescale. */
export interface Sample {
  readonly duration: number;
  /** Presentation after decoding; may be negative. */
  readonly compositionOffset: number;
  readonly isKeyFrame: boolean;
  readonly data: Buffer;
}

/** What one fragment holds. */
export interface Fragment {
  /** The decoding time of its first sample. */
  readonly decodeTime: number;
  readonly samples: readonly Sample[];
}
