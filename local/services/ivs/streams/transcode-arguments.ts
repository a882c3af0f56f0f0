import { encoderPreset } from '../../../media/encoder/encoder-arguments.ts';
import type { StreamRendition } from './ladder.ts';

/** What is made of a source. */
export interface TranscodeJob {
  readonly renditions: readonly StreamRendition[];
  /** Where its segments go. */
  readonly folder: string;
  readonly hasSound: boolean;
  /** Whether segments become fragmented MP4. */
  readonly isFragmented: boolean;
}

/** The first descriptor that media come from, one for each rendition. */
const firstPipe = 3;

/** The arguments for ffmpeg: FLV on standard input, MPEG-TS of each rendition on a descriptor of its own, picture by picture. */
export const transcodeArguments = ({ renditions, hasSound }: Pick<TranscodeJob, 'hasSound' | 'renditions'>): readonly string[] => [
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1',
  '-analyzeduration', '500000', '-probesize', '500000', '-thread_queue_size', '512', '-f', 'flv', '-i', 'pipe:0',
  ...renditions.flatMap((rendition, index) => ['-map', '0:v:0', ...pictures(rendition), ...(hasSound ? ['-map', '0:a:0', ...sound(rendition)] : []), ...transport(index)]),
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

/** Sound is sent frame by frame, too: gathered, it would come after the pictures that it goes with. */
const transport = (index: number): string[] => ['-f', 'mpegts', '-pes_payload_size', '0', '-flush_packets', '1', `pipe:${firstPipe + index}`];
