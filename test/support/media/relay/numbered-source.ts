import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FlvReader } from '../../../../local/media/flv/flv-reader.ts';
import type { FlvTag } from '../../../../local/media/flv/flv-tag.ts';

/** A stream whose pictures carry their number. */
export interface NumberedSource {
  readonly seconds: number;
  readonly size?: string;
  readonly framesPerSecond?: number;
  readonly gopFrames?: number;
  readonly bFrames?: number;
  readonly sound?: { readonly samplesPerSecond: number; readonly channels: 1 | 2 };
  /** The whole picture is black, and carries no number. */
  readonly isBlack?: boolean;
  readonly isSilent?: boolean;
}

const bits = 16;
/** Sixteen bars, white where the bit of the picture's number is set. */
const bars = `geq=lum='16+219*mod(floor(N/pow(2\\,floor(X*${bits}/W)))\\,2)':cb=128:cr=128`;

/** The FLV tags of such a stream, from time 0. */
export const numberedTags = async ({ seconds, size = '426x240', framesPerSecond = 30, gopFrames = 30, bFrames = 2, sound, isBlack = false, isSilent = false }: NumberedSource): Promise<readonly FlvTag[]> => {
  const picture = isBlack ? `color=black:s=160x90:r=${framesPerSecond}` : `nullsrc=s=160x90:r=${framesPerSecond},${bars}`;
  const tone = isSilent ? 'anullsrc' : `sine=frequency=440:sample_rate=${sound?.samplesPerSecond ?? 48_000}`;
  const { stdout } = await promisify(execFile)('ffmpeg', [
    '-v', 'error', '-f', 'lavfi', '-i', `${picture},scale=${size.replace('x', ':')}:flags=neighbor`,
    ...(sound === undefined ? [] : ['-f', 'lavfi', '-i', tone]), '-t', String(seconds),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(gopFrames), '-sc_threshold', '0', '-bf', String(bFrames), '-pix_fmt', 'yuv420p',
    ...(sound === undefined ? [] : ['-c:a', 'aac', '-ar', String(sound.samplesPerSecond), '-ac', String(sound.channels)]), '-f', 'flv', 'pipe:1',
  ], { encoding: 'buffer', maxBuffer: 64_000_000 });
  return [...new FlvReader().read(stdout)];
};

/** The numbers of a file's pictures, in the order in which they are shown. A picture that is all black has number 0. */
export const numbersIn = async (file: string): Promise<readonly number[]> => {
  const { stdout } = await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', file, '-vf', `scale=${bits}:1:flags=area,format=gray`, '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'], { encoding: 'buffer', maxBuffer: 64_000_000 });
  return Array.from({ length: Math.floor(stdout.length / bits) }, (_, picture) =>
    [...stdout.subarray(picture * bits, (picture + 1) * bits)].reduce((number, luma, bit) => number + (luma > 125 ? 2 ** bit : 0), 0));
};
