import type { AudioDescription, FrameCaptureSettings, H264Settings, VideoDescription } from '@aws-sdk/client-mediaconvert';
import { join } from 'node:path';
import type { GroupPlan, OutputPlan } from './read-output-group.ts';

/** A group whose files ffmpeg writes into a folder of its own, under the names that they will have. */
export interface GroupFolder {
  readonly group: GroupPlan;
  readonly folder: string;
}

/** The descriptor on which progress is reported. */
const progressPipe = 3;

/** The arguments for ffmpeg: one source, every output, all in one pass over the source. */
export const conversionArguments = (source: readonly string[], groups: readonly GroupFolder[]): readonly string[] => [
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-y', '-progress', `pipe:${progressPipe}`, ...source,
  ...groups.flatMap(({ group, folder }) => group.outputs.flatMap((output) => outputArguments(output, group, folder))),
];

const outputArguments = ({ kind, baseName, extension, settings }: OutputPlan, { hls }: GroupPlan, folder: string): readonly string[] => {
  const video = settings.VideoDescription;
  const file = join(folder, `${baseName}.${extension}`);
  if (kind === 'FRAMES') return [...captureArguments(video), join(folder, `${baseName}.%07d.${extension}`)];
  const streams = [...videoArguments(video), ...audioArguments(settings.AudioDescriptions?.[0])];
  if (kind === 'FILE') return [...streams, '-movflags', '+faststart', '-f', 'mp4', file];
  const segments = join(folder, `${baseName}_%05d.ts`);
  return [...streams, '-f', 'hls', '-hls_time', String(hls?.segmentSeconds ?? 10), '-hls_playlist_type', 'vod', '-start_number', '1', '-hls_segment_filename', segments, file];
};

/** The first picture, and one each time that the interval has passed since the last. */
const captureArguments = (video: VideoDescription | undefined): readonly string[] => {
  const settings: FrameCaptureSettings = video?.CodecSettings?.FrameCaptureSettings ?? {};
  const seconds = (settings.FramerateDenominator ?? 1) / (settings.FramerateNumerator ?? 1);
  const filters = [`select='isnan(prev_selected_t)+gte(t-prev_selected_t,${seconds})'`, ...scaleFilters(video)];
  return [
    '-map', '0:v:0', '-an', '-vf', filters.join(','), '-fps_mode', 'vfr', ...(settings.MaxCaptures === undefined ? [] : ['-frames:v', String(settings.MaxCaptures)]),
    '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', qualityOf(settings.Quality ?? 80), '-start_number', '0', '-f', 'image2',
  ];
};

/** Quality 1 to 100 as the encoder's scale 31 to 1. */
const qualityOf = (quality: number): string => String(Math.max(1, Math.round(31 - (quality * 30) / 100)));

const videoArguments = (video: VideoDescription | undefined): readonly string[] => {
  if (video === undefined) return ['-vn'];
  const settings = video.CodecSettings?.H264Settings ?? {};
  const filters = scaleFilters(video);
  return [
    '-map', '0:v:0', ...(filters.length > 0 ? ['-vf', filters.join(',')] : []), '-c:v', 'libx264', '-preset', 'superfast', '-pix_fmt', 'yuv420p',
    '-profile:v', (settings.CodecProfile ?? 'HIGH').toLowerCase(), ...rateArguments(settings), ...frameArguments(settings),
  ];
};

const scaleFilters = ({ Width: width, Height: height, ScalingBehavior }: VideoDescription = {}): readonly string[] => {
  if (width === undefined && height === undefined) return [];
  if (width === undefined || height === undefined) return [`scale=${width ?? -2}:${height ?? -2}`];
  if (ScalingBehavior === 'STRETCH_TO_OUTPUT') return [`scale=${width}:${height}`, 'setsar=1'];
  return [`scale=${width}:${height}:force_original_aspect_ratio=decrease`, `pad=${width}:${height}:-1:-1`, 'setsar=1'];
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
