/** One rendition of a ladder. Every rung is 16:9, 30 frames a second, H.264 with AAC in stereo at 48 kHz. */
export interface Rung {
  /** `1080p` */
  readonly name: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
}

/** The renditions of a channel, the best first, and what its input declares. */
export interface Ladder {
  readonly rungs: readonly [Rung, ...Rung[]];
  /** MediaLive bills the input by what is declared here, not by what arrives. */
  readonly inputResolution: 'SD' | 'HD';
}

export const ladderNames = ['house', 'small'] as const;

export type LadderName = (typeof ladderNames)[number];

/** Frames a second of every rung: a fixed rate, because a rate taken from the source is billed as 60. */
export const framesPerSecond = 30;

/** Seconds of a closed group of pictures. A packager's segment is a whole number of them. */
export const gopSeconds = 2;

/** The ladders that a pipeline can be given. */
export const ladders: Readonly<Record<LadderName, Ladder>> = {
  house: {
    rungs: [
      { name: '1080p', widthPixels: 1920, heightPixels: 1080, videoBitsPerSecond: 5_000_000, audioBitsPerSecond: 192_000 },
      { name: '720p', widthPixels: 1280, heightPixels: 720, videoBitsPerSecond: 3_000_000, audioBitsPerSecond: 192_000 },
      { name: '480p', widthPixels: 854, heightPixels: 480, videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 128_000 },
      { name: '240p', widthPixels: 426, heightPixels: 240, videoBitsPerSecond: 750_000, audioBitsPerSecond: 128_000 },
    ],
    inputResolution: 'HD',
  },
  small: {
    rungs: [
      { name: '480p', widthPixels: 854, heightPixels: 480, videoBitsPerSecond: 1_000_000, audioBitsPerSecond: 128_000 },
      { name: '360p', widthPixels: 640, heightPixels: 360, videoBitsPerSecond: 600_000, audioBitsPerSecond: 128_000 },
      { name: '240p', widthPixels: 426, heightPixels: 240, videoBitsPerSecond: 300_000, audioBitsPerSecond: 96_000 },
    ],
    inputResolution: 'SD',
  },
};
