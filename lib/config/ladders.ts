/** One rendition of a ladder: H.264 in square pixels with AAC in stereo at 48 kHz. */
export interface Rung {
  /** `1080p` */
  readonly name: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
}

/** The renditions of a channel, the best first, and how they are cut. */
export interface Ladder {
  readonly rungs: readonly [Rung, ...Rung[]];
  /** Of every rung: a fixed rate, because a rate taken from the source is billed as 60. */
  readonly framesPerSecond: number;
  /** Length of a closed group of pictures. A packager's segment is a whole number of them. */
  readonly gopSeconds: number;
  /** Length of a segment where a format says nothing else. */
  readonly segmentSeconds: number;
}

export const ladderNames = ['house', 'small', 'low-latency'] as const;

export type LadderName = (typeof ladderNames)[number];

const rung720p = { name: '720p', widthPixels: 1280, heightPixels: 720, videoBitsPerSecond: 3_000_000, audioBitsPerSecond: 192_000 };
const rung480p = { name: '480p', widthPixels: 854, heightPixels: 480, videoBitsPerSecond: 1_500_000, audioBitsPerSecond: 128_000 };
const rung240p = { name: '240p', widthPixels: 426, heightPixels: 240, videoBitsPerSecond: 750_000, audioBitsPerSecond: 128_000 };

/** The ladders that a pipeline can be given by name. */
export const ladders: Readonly<Record<LadderName, Ladder>> = {
  house: {
    rungs: [{ name: '1080p', widthPixels: 1920, heightPixels: 1080, videoBitsPerSecond: 5_000_000, audioBitsPerSecond: 192_000 }, rung720p, rung480p, rung240p],
    framesPerSecond: 30,
    gopSeconds: 2,
    segmentSeconds: 6,
  },
  small: {
    rungs: [
      { name: '480p', widthPixels: 854, heightPixels: 480, videoBitsPerSecond: 1_000_000, audioBitsPerSecond: 128_000 },
      { name: '360p', widthPixels: 640, heightPixels: 360, videoBitsPerSecond: 600_000, audioBitsPerSecond: 128_000 },
      { name: '240p', widthPixels: 426, heightPixels: 240, videoBitsPerSecond: 300_000, audioBitsPerSecond: 96_000 },
    ],
    framesPerSecond: 30,
    gopSeconds: 2,
    segmentSeconds: 6,
  },
  // A segment is one group: shorter groups would cost bits and bring nothing, as players begin and switch at segments.
  'low-latency': { rungs: [rung720p, rung480p, rung240p], framesPerSecond: 30, gopSeconds: 2, segmentSeconds: 2 },
};
