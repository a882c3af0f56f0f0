import { join } from 'node:path';
import { chunkSecondsOf, levelOf, type AudioEncode, type Rendition, type VideoEncode } from './rendition.ts';

/** What an encode reads and where its chunks go. */
export interface EncodeJob {
  readonly renditions: readonly Rendition[];
  /** Whether the source has sound; silence is encoded where it has none. */
  readonly hasAudio: boolean;
  readonly folder: string;
  /** Where the source's timestamps count from, after the run's time origin. @default 0 */
  readonly startMilliseconds?: number;
}

/** The first descriptor on which chunks are reported, one for each rendition. */
const firstPipe = 3;
const headroomFrames = 2;

/**
 * x264's preset. The house ladder takes 1.0 core with `superfast` and 1.4 with `veryfast`: on two cores that also run the
 * platform, an encoder and a player, only the first holds real time with something to spare.
 */
export const encoderPreset = 'superfast';

/** The arguments for ffmpeg: FLV on standard input, one row of MPEG-TS chunks for each rendition, each reported when it is complete. */
export const encoderArguments = ({ renditions, hasAudio, folder }: EncodeJob): readonly string[] => [
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1',
  // The relay opens with the decoders' configuration, so that nothing has to be guessed from a long look.
  '-fflags', '+genpts', '-analyzeduration', '500000', '-probesize', '500000', '-thread_queue_size', '512', '-f', 'flv', '-i', 'pipe:0',
  ...(hasAudio ? [] : ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo']),
  '-filter_complex', filters(renditions.map(({ video }) => video)),
  ...renditions.flatMap((rendition, index) => [
    '-map', `[out${index}]`, ...videoArguments(rendition.video),
    ...(rendition.audio === undefined ? ['-an'] : ['-map', hasAudio ? '0:a:0' : '1:a:0', ...audioArguments(rendition.audio), ...(hasAudio ? [] : ['-shortest'])]),
    ...chunkArguments(rendition.video, folder, index),
  ]),
];

/** The file of a rendition's chunk, as ffmpeg's own counter names it. */
const chunkPattern = (folder: string, index: number): string => join(folder, `${index}-%06d.ts`);

const filters = (videos: readonly VideoEncode[]): string => {
  const branches = videos.map((_, index) => `[in${index}]`).join('');
  return [`[0:v:0]split=${videos.length}${branches}`, ...videos.map((video, index) => `[in${index}]${pictureFilter(video)}[out${index}]`)].join(';');
};

const pictureFilter = ({ widthPixels: width, heightPixels: height, frameRate, isStretched }: VideoEncode): string => {
  const fit = isStretched ? '' : `:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1`;
  return `fps=${frameRate.numerator}/${frameRate.denominator},scale=${width}:${height}${fit},setsar=1`;
};

const videoArguments = (video: VideoEncode): string[] => [
  '-c:v', 'libx264', '-preset', encoderPreset, '-profile:v', video.profile, '-level:v', String(levelOf(video)), '-pix_fmt', 'yuv420p',
  '-b:v', String(video.bitsPerSecond), '-maxrate', String(video.maximumBitsPerSecond), '-bufsize', String(video.bufferBits),
  '-g', String(video.gopFrames), '-keyint_min', String(video.gopFrames), '-sc_threshold', '0', '-flags:v', '+cgop',
  // Two cores: more threads would add frames of delay to each rendition, not speed.
  // No look-ahead: each frame of it would be a frame of delay.
  '-rc-lookahead', '0', '-bf', String(video.profile === 'baseline' ? 0 : Math.min(video.bFrames, 3)), '-threads:v', String(headroomFrames),
];

const audioArguments = (audio: AudioEncode): string[] => [
  '-c:a', 'aac', '-b:a', String(audio.bitsPerSecond), '-ar', String(audio.samplesPerSecond), '-ac', String(audio.channels),
];

const chunkArguments = (video: VideoEncode, folder: string, index: number): string[] => [
  '-f', 'segment', '-segment_format', 'mpegts', '-segment_time', String(chunkSecondsOf(video)), '-segment_time_delta', String(video.frameRate.denominator / video.frameRate.numerator / 2),
  // One multiplex through all chunks: counters run on, so that chunks can be joined byte by byte.
  '-individual_header_trailer', '0', '-segment_start_number', '1', '-avoid_negative_ts', 'disabled',
  '-segment_list', `pipe:${firstPipe + index}`, '-segment_list_type', 'csv', chunkPattern(folder, index),
];
