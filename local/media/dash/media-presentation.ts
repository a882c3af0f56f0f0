import type { FragmentTime } from '../mp4/smooth-timing.ts';

/** A presentation that players may watch over DASH (ISO/IEC 23009-1), as far as this platform writes it. */
export interface MediaPresentation {
  /** How it grows; absent when it has ended. */
  readonly live?: LiveTiming;
  /** Of what has ended. */
  readonly durationSeconds?: number;
  readonly minimumBufferSeconds: number;
  readonly utcTiming?: { readonly schemeIdUri: string; readonly value: string };
  readonly periods: readonly PresentationPeriod[];
}

/** How a live presentation relates to the wall clock. */
export interface LiveTiming {
  /** Milliseconds since the epoch at which the presentation's time is 0. */
  readonly availabilityStart: number;
  /** When this version was made, in milliseconds since the epoch. */
  readonly publishedAt: number;
  readonly minimumUpdateSeconds: number;
  readonly windowSeconds: number;
  readonly suggestedDelaySeconds?: number;
}

/** A stretch in which decoders need not be set up anew. */
export interface PresentationPeriod {
  readonly id: string;
  readonly startSeconds: number;
  readonly adaptationSets: readonly AdaptationSet[];
}

/** Renditions of the same content. */
export interface AdaptationSet {
  readonly id: string;
  readonly kind: 'video' | 'audio';
  readonly representations: readonly Representation[];
}

/** One rendition. */
export interface Representation {
  readonly id: string;
  readonly bandwidth: number;
  readonly codecs: string;
  readonly widthPixels?: number;
  readonly heightPixels?: number;
  readonly framesPerSecond?: number;
  readonly samplesPerSecond?: number;
  readonly channels?: number;
  readonly template: SegmentTemplate;
}

/** Where a rendition's segments are. */
export interface SegmentTemplate {
  readonly timescale: number;
  readonly initialization: string;
  readonly media: string;
  /** The number of the first segment listed. */
  readonly startNumber: number;
  /** The media time at which the period begins. */
  readonly presentationTimeOffset: number;
  readonly segments: readonly FragmentTime[];
}
