import { spawnSync } from 'node:child_process';

/** What a frame looks like as a whole. DARK is what is shown where nobody feeds a channel. */
export type FrameColour = 'RED' | 'BLUE' | 'DARK' | 'OTHER';

/** A filter of ffmpeg that paints all of a picture. */
export const paintedIn = (colour: 'red' | 'blue'): string => `drawbox=x=0:y=0:w=iw:h=ih:color=${colour}:t=fill`;

const colourOf = (red: number, green: number, blue: number): FrameColour => {
  if (Math.max(red, green, blue) < 60) return 'DARK';
  if (red > 150 && blue < 100) return 'RED';
  return blue > 150 && red < 100 ? 'BLUE' : 'OTHER';
};

/** The colour of every frame of a transport stream, each taken as one pixel; its format is told, for ffmpeg recognises none that is shorter than two kilobytes. @throws Error when it cannot be decoded */
export const coloursOfFrames = (file: Uint8Array): readonly FrameColour[] => {
  const { status, stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-f', 'mpegts', '-i', 'pipe:0', '-vf', 'scale=1:1:flags=area', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], { input: file, maxBuffer: 1 << 24 });
  if (status !== 0) throw new Error(`cannot decode ${file.byteLength} bytes: ${stderr.toString()}`);
  return Array.from({ length: Math.floor(stdout.byteLength / 3) }, (_, index) => colourOf(stdout[index * 3] ?? 0, stdout[index * 3 + 1] ?? 0, stdout[index * 3 + 2] ?? 0));
};
