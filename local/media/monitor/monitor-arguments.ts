/** What is asked of a monitor. */
export interface MonitorWants {
  readonly thumbnail: boolean;
  /** Absent: black is not looked for. */
  readonly blackThreshold?: number;
  readonly sound: boolean;
}

/** The picture in which black is looked for, in pixels. */
export const probePicture = { width: 64, height: 36 } as const;
/** Samples a second of the sound whose level is measured, 16 bits each. */
const probeSampleRate = 8000;

/** What a monitor's ffmpeg writes, in the order of its pipes from descriptor 3 on. */
export const monitorOutputs = ({ thumbnail, blackThreshold, sound }: MonitorWants, hasSound: boolean): readonly ('thumbnail' | 'probe' | 'sound')[] => [
  ...(thumbnail ? ['thumbnail' as const] : []),
  ...(blackThreshold === undefined ? [] : ['probe' as const]),
  ...(sound && hasSound ? ['sound' as const] : []),
];

const picture = (filter: string): readonly string[] => ['-map', '0:v:0', '-fps_mode', 'passthrough', '-vf', filter];

const outputArguments = {
  // Wide enough for an operator to recognise the stage.
  thumbnail: [...picture('scale=320:-2'), '-c:v', 'mjpeg', '-q:v', '6', '-pix_fmt', 'yuvj420p', '-f', 'image2pipe'],
  probe: [...picture(`scale=${probePicture.width}:${probePicture.height}:flags=area,format=gray`), '-f', 'rawvideo'],
  sound: ['-map', '0:a:0', '-ac', '1', '-ar', String(probeSampleRate), '-f', 's16le'],
} as const;

/** The arguments for ffmpeg: key frames and sound as FLV on standard input, each output on a pipe of its own as soon as it is there. */
export const monitorArguments = (outputs: ReturnType<typeof monitorOutputs>): readonly string[] => [
  // The configuration comes first: no picture is waited for to guess it.
  '-hide_banner', '-nostdin', '-loglevel', 'error', '-threads', '1', '-flags:v', 'low_delay', '-fflags', '+nofillin+noparse+nobuffer',
  '-analyzeduration', '0', '-probesize', '32', '-f', 'flv', '-i', 'pipe:0',
  ...outputs.flatMap((output, index) => [...outputArguments[output], '-flush_packets', '1', `pipe:${3 + index}`]),
];
