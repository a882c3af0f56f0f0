import type { FragmentTime } from '../mp4/smooth-timing.ts';
import { element, xmlDeclaration } from '../xml/element.ts';

/** Units of Smooth Streaming's times a second. */
export const smoothTimescale = 10_000_000;

/** A presentation that players may watch over Smooth Streaming ([MS-SSTR]). */
export interface SmoothPresentation {
  /** How it grows; absent when it has ended. */
  readonly live?: { readonly windowSeconds: number; readonly followingFragments: number };
  readonly streams: readonly SmoothStream[];
}

/** Renditions of the same content, with fragments at the same times. */
export interface SmoothStream {
  readonly kind: 'video' | 'audio';
  readonly qualities: readonly (SmoothVideo | SmoothAudio)[];
  readonly fragments: readonly FragmentTime[];
}

/** A rendition of pictures (H.264). */
export interface SmoothVideo {
  readonly bitsPerSecond: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Parameter sets behind start codes. */
  readonly codecPrivateData: Buffer;
}

/** A rendition of sound (AAC). */
export interface SmoothAudio {
  readonly bitsPerSecond: number;
  readonly samplesPerSecond: number;
  readonly channels: number;
  /** AudioSpecificConfig. */
  readonly codecPrivateData: Buffer;
}

/** The text of a client manifest. */
export const writeSmoothManifest = ({ live, streams }: SmoothPresentation): string => {
  const shape = {
    MajorVersion: 2, MinorVersion: 2, TimeScale: smoothTimescale,
    Duration: live === undefined ? durationOf(streams) : 0,
    ...(live === undefined ? {} : { IsLive: 'TRUE', LookAheadFragmentCount: live.followingFragments, DVRWindowLength: live.windowSeconds * smoothTimescale, CanSeek: 'TRUE', CanPause: 'TRUE' }),
  };
  return `${xmlDeclaration}\n${element('SmoothStreamingMedia', shape, ...streams.map(stream))}\n`;
};

const durationOf = (streams: readonly SmoothStream[]): number =>
  Math.max(0, ...streams.map(({ fragments }) => fragments.reduce((sum, { duration }) => sum + duration, 0)));

const stream = ({ kind, qualities, fragments }: SmoothStream): string =>
  element(
    'StreamIndex', {
      Type: kind, Name: kind, TimeScale: smoothTimescale, Chunks: fragments.length, QualityLevels: qualities.length,
      Url: `QualityLevels({bitrate})/Fragments(${kind}={start time})`,
    },
    ...qualities.map(quality),
    ...fragments.map(({ time, duration }) => element('c', { t: time, d: duration })),
  );

const quality = (one: SmoothVideo | SmoothAudio, index: number): string => {
  const CodecPrivateData = one.codecPrivateData.toString('hex').toUpperCase();
  return 'widthPixels' in one
    ? element('QualityLevel', { Index: index, Bitrate: one.bitsPerSecond, FourCC: 'H264', MaxWidth: one.widthPixels, MaxHeight: one.heightPixels, CodecPrivateData })
    : element('QualityLevel', {
        Index: index, Bitrate: one.bitsPerSecond, FourCC: 'AACL', SamplingRate: one.samplesPerSecond, Channels: one.channels, BitsPerSample: 16, PacketSize: 4, AudioTag: 255, CodecPrivateData,
      });
};
