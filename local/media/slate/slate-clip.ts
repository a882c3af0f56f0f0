import type { VideoEncode } from '../encoder/rendition.ts';
import { FlvReader } from '../flv/flv-reader.ts';
import { isPicture, isVideoConfiguration, type FlvTag } from '../flv/flv-tag.ts';
import { readPipe, readProgram } from '../processes/read-program.ts';
import type { LossImage } from '../relay/failover-settings.ts';

/** A still picture as a second of H.264 that can be repeated without end: one tag a frame, the first a key frame. */
export interface SlateClip {
  readonly configuration: Buffer;
  readonly pictures: readonly [FlvTag, ...FlvTag[]];
}

/** Encodes a still picture of a rendition's size and rate. Rejects when ffmpeg cannot read the picture. */
export const makeSlateClip = async (ffmpegPath: string, image: LossImage, { widthPixels: width, heightPixels: height, frameRate }: VideoEncode, signal: AbortSignal): Promise<SlateClip> => {
  const rate = `${frameRate.numerator}/${frameRate.denominator}`;
  const source = image.kind === 'COLOR'
    ? ['-f', 'lavfi', '-i', `color=c=0x${image.rgb}:s=${width}x${height}:r=${rate}`]
    : ['-i', image.file, '-vf', `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1,setsar=1,loop=loop=-1:size=1,setpts=N/(${rate})/TB`, '-r', rate];
  const frames = Math.round(frameRate.numerator / frameRate.denominator);
  const clip = await readProgram(ffmpegPath, [
    '-hide_banner', '-nostdin', '-loglevel', 'error', ...source, '-frames:v', String(frames), '-an',
    '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'stillimage', '-crf', '20', '-g', String(frames), '-sc_threshold', '0', '-bf', '0', '-pix_fmt', 'yuv420p',
    '-f', 'flv', readPipe,
  ], signal);
  const tags = [...new FlvReader().read(clip)];
  const configuration = tags.find(isVideoConfiguration)?.data;
  const [first, ...rest] = tags.filter(isPicture);
  if (configuration === undefined || first === undefined) throw new Error('ffmpeg encoded no picture for the slate');
  return { configuration, pictures: [first, ...rest] };
};
