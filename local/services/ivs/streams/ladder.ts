import type { ChannelType, TranscodePreset } from '@aws-sdk/client-ivs';
import type { Source } from './source-description.ts';

/** One rendition of a stream. */
export interface StreamRendition {
  /** `720p30` */
  readonly name: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly framesPerSecond: number;
  /** Absent where the encoder's pictures go on as they are. */
  readonly videoBitsPerSecond?: number;
  /** Absent where the encoder's sound goes on as it is. */
  readonly audioBitsPerSecond?: number;
}

/** Heights, and bits per second of pictures; AWS does not tell its rates. */
const rungs: readonly (readonly [number, number])[] = [[720, 2_400_000], [480, 1_200_000], [360, 600_000], [160, 230_000]];
const highestOf: Readonly<Record<ChannelType, number>> = { BASIC: 0, STANDARD: 1080, ADVANCED_SD: 480, ADVANCED_HD: 720 };
/** Up to this height a STANDARD channel makes its sound anew. https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/channel-types.html */
const lowSoundHeight = 360;
const audioBitsPerSecond = 96_000;
const higherBandwidth = 1.5;

/**
 * The renditions of a stream, the largest first: BASIC passes the source on; STANDARD adds smaller ones; ADVANCED makes all anew, up to
 * SD or HD.
 */
export const ladderOf = (type: ChannelType, preset: TranscodePreset | undefined, source: Pick<Source, 'framesPerSecond' | 'heightPixels' | 'widthPixels'>): readonly StreamRendition[] => {
  const { widthPixels, heightPixels, framesPerSecond } = source;
  const rate = Math.round(framesPerSecond);
  const passed: StreamRendition = { name: `${heightPixels}p${rate}`, widthPixels, heightPixels, framesPerSecond };
  if (type === 'BASIC') return [passed];
  const isAdvanced = type !== 'STANDARD';
  const made = rungs
    .filter(([height]) => height <= highestOf[type] && (isAdvanced ? height <= heightPixels : height < heightPixels))
    .map(([height, bits]) => ({
      name: `${height}p${rate}`, heightPixels: height, widthPixels: evenWidth((widthPixels * height) / heightPixels), framesPerSecond,
      videoBitsPerSecond: preset === 'HIGHER_BANDWIDTH_DELIVERY' ? bits * higherBandwidth : bits,
      ...(isAdvanced || height <= lowSoundHeight ? { audioBitsPerSecond } : {}),
    }));
  // A source below the lowest rung has nothing that it could be made into.
  return isAdvanced && made.length > 0 ? made : [passed, ...(isAdvanced ? [] : made)];
};

const evenWidth = (width: number): number => Math.max(2, Math.round(width / 2) * 2);
