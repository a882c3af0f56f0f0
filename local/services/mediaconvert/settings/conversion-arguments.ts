import type { AudioDescription, H264Settings, Output, VideoDescription } from '@aws-sdk/client-mediaconvert';

/** A file for ffmpeg to write. */
export interface OutputFile {
  readonly settings: Output;
  readonly file: string;
}

/** The descriptor on which progress is reported. */
const progressPipe = 3;

/** The arguments for ffmpeg: one source, every output, all in one pass over the source. */
export const conversionArguments = (source: readonly string[], outputs: readonly OutputFile[]): readonly string[] => [
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-y', '-progress', `pipe:${progressPipe}`, ...source,
  ...outputs.flatMap(({ settings, file }) => [...videoArguments(settings.VideoDescription), ...audioArguments(settings.AudioDescriptions?.[0]), '-movflags', '+faststart', '-f', 'mp4', file]),
];

const videoArguments = (video: VideoDescription | undefined): readonly string[] => {
  if (video === undefined) return ['-vn'];
  const settings = video.CodecSettings?.H264Settings ?? {};
  return [
    '-map', '0:v:0', ...filterArguments(video), '-c:v', 'libx264', '-preset', 'superfast', '-pix_fmt', 'yuv420p',
    '-profile:v', (settings.CodecProfile ?? 'HIGH').toLowerCase(), ...rateArguments(settings), ...frameArguments(settings),
  ];
};

const filterArguments = ({ Width: width, Height: height, ScalingBehavior }: VideoDescription): readonly string[] => {
  if (width === undefined && height === undefined) return [];
  if (width === undefined || height === undefined) return ['-vf', `scale=${width ?? -2}:${height ?? -2}`];
  const fit = ScalingBehavior === 'STRETCH_TO_OUTPUT' ? '' : `:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1`;
  return ['-vf', `scale=${width}:${height}${fit},setsar=1`];
};

/** QVBR's levels 1 to 10 as constant rate factors: 7, which AWS names for 720p on a TV, is x264's default of 23. */
const rateFactorOf = (level: number): string => String(37 - 2 * level);

const rateArguments = ({ RateControlMode: mode = 'QVBR', Bitrate: bitrate, MaxBitrate: most, QvbrSettings: qvbr }: H264Settings): readonly string[] => {
  const ceiling = most === undefined ? [] : ['-maxrate', String(most), '-bufsize', String(2 * most)];
  if (mode === 'QVBR' || bitrate === undefined) return ['-crf', rateFactorOf(qvbr?.QvbrQualityLevel ?? 7), ...ceiling];
  return mode === 'CBR' ? ['-b:v', String(bitrate), '-maxrate', String(bitrate), '-bufsize', String(2 * bitrate)] : ['-b:v', String(bitrate), ...ceiling];
};

const frameArguments = (settings: H264Settings): readonly string[] => {
  const { FramerateControl: control, FramerateNumerator: numerator, FramerateDenominator: denominator = 1, GopSize: gop, GopSizeUnits: units } = settings;
  const rate = control === 'SPECIFIED' && numerator !== undefined ? ['-r', `${numerator}/${denominator}`] : [];
  if (gop === undefined || gop === 0) return rate;
  return [...rate, ...(units === 'SECONDS' ? ['-force_key_frames', `expr:gte(t,n_forced*${gop})`] : ['-g', String(Math.round(gop))])];
};

const audioArguments = (audio: AudioDescription | undefined): readonly string[] => {
  if (audio === undefined) return ['-an'];
  const settings = audio.CodecSettings?.AacSettings;
  return [
    '-map', '0:a:0?', '-c:a', 'aac', '-b:a', String(settings?.Bitrate ?? 96_000), '-ar', String(settings?.SampleRate ?? 48_000),
    '-ac', settings?.CodingMode === 'CODING_MODE_1_0' ? '1' : '2',
  ];
};
