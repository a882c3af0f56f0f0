/** One encode of a ladder. */
export interface Rendition {
  readonly name: string;
  readonly video: VideoEncode;
  readonly audio: AudioEncode | undefined;
}

/** An H.264 encode as a channel declares it. */
export interface VideoEncode {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly bitsPerSecond: number;
  readonly maximumBitsPerSecond: number;
  readonly bufferBits: number;
  readonly frameRate: { readonly numerator: number; readonly denominator: number };
  readonly gopFrames: number;
  readonly profile: 'baseline' | 'main' | 'high';
  readonly bFrames: number;
  /** Whether the picture is stretched to the output's shape instead of fitted into it. */
  readonly isStretched: boolean;
}

/** An AAC encode. */
export interface AudioEncode {
  readonly bitsPerSecond: number;
  readonly samplesPerSecond: number;
  readonly channels: 1 | 2;
}

/** Rate limits of H.264 levels (ITU-T H.264, table A-1): level × 10, macroblocks a second, macroblocks a frame. */
const levels: readonly (readonly [number, number, number])[] = [
  [10, 1485, 99], [11, 3000, 396], [12, 6000, 396], [13, 11_880, 396], [20, 11_880, 396], [21, 19_800, 792], [22, 20_250, 1620],
  [30, 40_500, 1620], [31, 108_000, 3600], [32, 216_000, 5120], [40, 245_760, 8192], [42, 522_240, 8704], [50, 589_824, 22_080], [51, 983_040, 36_864], [52, 2_073_600, 36_864],
];

/** The lowest level (× 10) that holds a picture of this size and rate. */
export const levelOf = ({ widthPixels, heightPixels, frameRate }: VideoEncode): number => {
  const macroblocks = Math.ceil(widthPixels / 16) * Math.ceil(heightPixels / 16);
  const rate = (macroblocks * frameRate.numerator) / frameRate.denominator;
  return levels.find(([, perSecond, perFrame]) => rate <= perSecond && macroblocks <= perFrame)?.[0] ?? 52;
};

const profileBytes = { baseline: '42C0', main: '4D40', high: '6400' } as const;

/** The CODECS attribute of a rendition (RFC 6381): `avc1.64001F,mp4a.40.2`. */
export const codecsOf = ({ video, audio }: Rendition): string => {
  const level = levelOf(video).toString(16).toUpperCase().padStart(2, '0');
  return [`avc1.${profileBytes[video.profile]}${level}`, ...(audio === undefined ? [] : ['mp4a.40.2'])].join(',');
};

/** The shortest whole number of GOPs that lasts at least two seconds, in seconds: the length of an encoder's chunk. */
export const chunkSecondsOf = ({ gopFrames, frameRate }: VideoEncode): number => {
  const gopSeconds = (gopFrames * frameRate.denominator) / frameRate.numerator;
  return gopSeconds * Math.max(1, Math.ceil(2 / gopSeconds - 1e-6));
};
