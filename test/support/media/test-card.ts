import { spawn } from 'node:child_process';
import { sendSignal } from '../../../local/media/processes/send-signal.ts';

/** An encoder that pushes a test card with a tone in real time. */
export interface TestCard {
  /** Its exit status. */
  readonly exit: Promise<number | null>;
  stop(): void;
}

/** How a test card is sent. */
export interface TestCardOptions {
  readonly size?: string;
  readonly sound?: boolean;
  readonly realTime?: boolean;
  /** Held all the time, by filling up. @default as little as the picture needs */
  readonly videoBitsPerSecond?: number;
}

const heldRate = (bits: number | undefined): readonly string[] =>
  bits === undefined ? [] : ['-b:v', String(bits), '-minrate', String(bits), '-maxrate', String(bits), '-bufsize', String(bits), '-x264-params', 'nal-hrd=cbr'];

/** Pushes to an RTMP URL for so many seconds. */
export const pushTestCard = (url: string, seconds: number, { size = '640x360', sound = true, realTime = true, videoBitsPerSecond }: TestCardOptions = {}): TestCard => {
  const encoder = spawn('ffmpeg', [
    '-v', 'error', ...(realTime ? ['-re'] : []), '-f', 'lavfi', '-i', `testsrc=size=${size}:rate=30`,
    ...(sound ? [...(realTime ? ['-re'] : []), '-f', 'lavfi', '-i', 'sine=sample_rate=48000'] : []), '-t', String(seconds),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-pix_fmt', 'yuv420p', ...heldRate(videoBitsPerSecond), ...(sound ? ['-c:a', 'aac'] : []), '-f', 'flv', url,
  ], { stdio: 'ignore' });
  return { exit: new Promise((resolve) => encoder.once('close', resolve)), stop: () => sendSignal(encoder, 'SIGTERM') };
};
