import { join } from 'node:path';
import { encoderPreset } from '../../../media/encoder/encoder-arguments.ts';
import type { StreamRendition } from './ladder.ts';

/** What is made of a source, and where its segments go. */
export interface TranscodeJob {
  readonly renditions: readonly StreamRendition[];
  readonly folder: string;
  readonly hasSound: boolean;
  /** Whether segments become fragmented MP4. */
  readonly isFragmented: boolean;
}

/** The first descriptor on which segments are reported, one for each rendition. */
const firstPipe = 3;
/** A segment ends with the first key frame from here on. */
const segmentSeconds = 2;

/** The arguments for ffmpeg: FLV on standard input, one row of MPEG-TS segments for each rendition, each reported when it is complete. */
export const transcodeArguments = ({ renditions, folder, hasSound }: Omit<TranscodeJob, 'isFragmented'>): readonly string[] => [
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1',
  '-analyzeduration', '500000', '-probesize', '500000', '-thread_queue_size', '512', '-f', 'flv', '-i', 'pipe:0',
  ...renditions.flatMap((rendition, index) => ['-map', '0:v:0', ...pictures(rendition), ...(hasSound ? ['-map', '0:a:0', ...sound(rendition)] : []), ...segments(folder, index)]),
];

const pictures = ({ videoBitsPerSecond, widthPixels, heightPixels }: StreamRendition): string[] => {
  if (videoBitsPerSecond === undefined) return ['-c:v', 'copy'];
  const rate = String(videoBitsPerSecond);
  return [
    '-c:v', 'libx264', '-preset', encoderPreset, '-pix_fmt', 'yuv420p', '-vf', `scale=${widthPixels}:${heightPixels},setsar=1`, '-fps_mode', 'passthrough',
    // Key frames where the source has them: every rendition can be switched to at the same places.
    '-force_key_frames', 'source', '-g', '600', '-sc_threshold', '0', '-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-rc-lookahead', '0', '-bf', '0', '-threads:v', '1',
  ];
};

const sound = ({ audioBitsPerSecond }: StreamRendition): string[] => (audioBitsPerSecond === undefined ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', String(audioBitsPerSecond), '-ac', '2']);

const segments = (folder: string, index: number): string[] => [
  '-f', 'segment', '-segment_format', 'mpegts', '-segment_format_options', 'flush_packets=1', '-segment_time', String(segmentSeconds), '-segment_start_number', '0',
  '-segment_list', `pipe:${firstPipe + index}`, '-segment_list_type', 'csv', join(folder, `${index}-%06d.ts`),
];
