import type { Ladder } from '../../lib/config/ladders.ts';
import type { Rendition } from '../../local/media/encoder/rendition.ts';

/** A ladder's renditions as a channel of the platform declares them. */
export const renditionsOf = ({ rungs, framesPerSecond, gopSeconds }: Ladder): readonly Rendition[] =>
  rungs.map(({ name, widthPixels, heightPixels, videoBitsPerSecond, audioBitsPerSecond }) => ({
    name,
    video: {
      widthPixels, heightPixels, bitsPerSecond: videoBitsPerSecond, maximumBitsPerSecond: videoBitsPerSecond, bufferBits: videoBitsPerSecond * 2,
      frameRate: { numerator: framesPerSecond, denominator: 1 }, gopFrames: gopSeconds * framesPerSecond, profile: 'high', bFrames: 2, isStretched: false,
    },
    audio: { bitsPerSecond: audioBitsPerSecond, samplesPerSecond: 48_000, channels: 2 },
  }));
