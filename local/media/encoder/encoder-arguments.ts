import { join } from 'node:path';
import { chunkSecondsOf, levelOf, type AudioEncode, type Rendition, type VideoEncode } from './rendition.ts';

/** What an encode reads and where its chunks go. */
export interface EncodeJob {
  readonly renditions: readonly Rendition[];
  readonly folder: string;
  /** When the encode starts, after the run's time origin: a multiple of the chunk's length. Its chunks' timestamps count from the origin. */
  readonly startMilliseconds: number;
}

/** The first descriptor on which chunks are reported, one for each rendition. */
const firstPipe = 3;
const headroomFrames = 2;

/**
 * By how much an encode's source is ahead of its start: timestamp `runwayMilliseconds` is shown at the start. Pictures before it
 * are decoded and left out, so that a stream can be taken up at its last key frame.
 */
export const runwayMilliseconds = 30_000;
const runwaySeconds = runwayMilliseconds / 1000;

/**
 * x264's preset. The house ladder takes 1.0 core with `superfast` and 1.4 with `veryfast`: on two cores that also run the
 * platform, an encoder and a player, only the first holds real time with something to spare.
 */
export const encoderPreset = 'superfast';

/** The arguments for ffmpeg: FLV on standard input, one row of MPEG-TS chunks for each rendition, each reported when it is complete. */
export const encoderArguments = ({ renditions, folder, startMilliseconds }: EncodeJob): readonly string[] => [
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1',
  // The relay opens with the decoders' configuration, so that nothing has to be guessed from a long look. Its timestamps are true,
  // also where they step back for another input; a parser would not notice that another configuration came.
  '-copyts', '-fflags', '+nofillin+noparse', '-analyzeduration', '500000', '-probesize', '500000', '-thread_queue_size', '512', '-f', 'flv', '-i', 'pipe:0',
  '-filter_complex', filters(renditions.map(({ video }) => video)),
  ...renditions.flatMap((rendition, index) => [
    '-map', `[out${index}]`, ...videoArguments(rendition.video),
    ...(rendition.audio === undefined ? ['-an'] : ['-map', '0:a:0', ...audioArguments(rendition.audio)]),
    ...chunkArguments(rendition.video, folder, index, startMilliseconds),
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
  // Of pictures for one frame the last is shown, and one that steps back in time takes the place of what came before it.
  return `fps=${frameRate.numerator}/${frameRate.denominator},trim=start=${runwaySeconds},setpts=PTS-${runwaySeconds}/TB,scale=${width}:${height}${fit},setsar=1`;
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
  // Stretches sound to its timestamps, and fills what is missing with silence.
  '-af', `aresample=async=1000,atrim=start=${runwaySeconds},asetpts=PTS-${runwaySeconds}/TB`, '-c:a', 'aac', '-b:a', String(audio.bitsPerSecond), '-ar', String(audio.samplesPerSecond), '-ac', String(audio.channels),
];

const chunkArguments = (video: VideoEncode, folder: string, index: number, startMilliseconds: number): string[] => [
  // A chunk is reported before its file is closed: only what is flushed with each packet is in it then.
  '-f', 'segment', '-segment_format', 'mpegts', '-segment_format_options', `output_ts_offset=${startMilliseconds / 1000}:avoid_negative_ts=disabled:flush_packets=1`, '-segment_time', String(chunkSecondsOf(video)), '-segment_time_delta', String(video.frameRate.denominator / video.frameRate.numerator / 2),
  // One multiplex through all chunks: counters run on, so that chunks can be joined byte by byte.
  '-individual_header_trailer', '0', '-segment_start_number', '1', '-avoid_negative_ts', 'disabled',
  '-segment_list', `pipe:${firstPipe + index}`, '-segment_list_type', 'csv', chunkPattern(folder, index),
];
