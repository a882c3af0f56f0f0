import type { AudioDescription, VideoDescription } from '@aws-sdk/client-medialive';
import type { AudioEncode, VideoEncode } from '../../../media/encoder/rendition.ts';
import type { Problems } from './problems.ts';

const profiles = { BASELINE: 'baseline', MAIN: 'main', HIGH: 'high' } as const;

const profileOf = (profile: string | undefined): VideoEncode['profile'] =>
  profile === 'BASELINE' || profile === 'HIGH' ? profiles[profile] : profiles.MAIN;

const positive = (problems: Problems, elementPath: string, value: number | undefined, fallback?: number): number => {
  const number = value ?? fallback;
  if (number !== undefined && number > 0) return number;
  problems.add(elementPath, `got ${number ?? 'nothing'}, expected a number above 0`);
  return 1;
};

/** The encode that a video description declares. Problems are added, and a harmless number stands in. */
export const readVideo = (description: VideoDescription, path: string, problems: Problems): VideoEncode => {
  const settings = description.CodecSettings?.H264Settings;
  if (settings === undefined) problems.add(`${path}/codecSettings`, 'H264Settings is missing: local mode encodes H.264 only');
  const h264 = `${path}/codecSettings/h264Settings`;
  const bitsPerSecond = positive(problems, `${h264}/bitrate`, settings?.Bitrate ?? settings?.MaxBitrate);
  const numerator = positive(problems, `${h264}/framerateNumerator`, settings?.FramerateNumerator);
  const denominator = positive(problems, `${h264}/framerateDenominator`, settings?.FramerateDenominator, 1);
  const gop = positive(problems, `${h264}/gopSize`, settings?.GopSize, 90);
  const maximum = settings?.RateControlMode === 'CBR' ? bitsPerSecond : Math.max(bitsPerSecond, settings?.MaxBitrate ?? 0);
  return {
    widthPixels: even(problems, `${path}/width`, description.Width),
    heightPixels: even(problems, `${path}/height`, description.Height),
    bitsPerSecond,
    maximumBitsPerSecond: maximum,
    bufferBits: settings?.BufSize ?? 2 * maximum,
    frameRate: { numerator, denominator },
    gopFrames: Math.max(1, Math.round(settings?.GopSizeUnits === 'SECONDS' ? (gop * numerator) / denominator : gop)),
    profile: profileOf(settings?.Profile),
    bFrames: settings?.GopNumBFrames ?? 2,
    isStretched: description.ScalingBehavior === 'STRETCH_TO_OUTPUT',
  };
};

const even = (problems: Problems, elementPath: string, value: number | undefined): number => {
  if (value !== undefined && value >= 16 && value <= 4096 && value % 2 === 0) return value;
  problems.add(elementPath, `got ${value ?? 'nothing'}, expected an even number from 16 to 4096`);
  return 16;
};

/** The encode that an audio description declares. */
export const readAudio = (description: AudioDescription, path: string, problems: Problems): AudioEncode => {
  const settings = description.CodecSettings?.AacSettings;
  if (settings === undefined) problems.add(`${path}/codecSettings`, 'AacSettings is missing: local mode encodes AAC only');
  return {
    bitsPerSecond: settings?.Bitrate ?? 192_000,
    samplesPerSecond: settings?.SampleRate ?? 48_000,
    channels: settings?.CodingMode === 'CODING_MODE_1_0' ? 1 : 2,
  };
};
