import { spawn } from 'node:child_process';
import { sendSignal } from '../../../local/media/processes/send-signal.ts';

/** An encoder that pushes a test card with a tone in real time. */
export interface TestCard {
  /** Its exit status. */
  readonly exit: Promise<number | null>;
  stop(): void;
}

/** Pushes to an RTMP URL for so many seconds. */
export const pushTestCard = (url: string, seconds: number, { size = '640x360', sound = true, realTime = true } = {}): TestCard => {
  const encoder = spawn('ffmpeg', [
    '-v', 'error', ...(realTime ? ['-re'] : []), '-f', 'lavfi', '-i', `testsrc=size=${size}:rate=30`,
    ...(sound ? [...(realTime ? ['-re'] : []), '-f', 'lavfi', '-i', 'sine=sample_rate=48000'] : []), '-t', String(seconds),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-pix_fmt', 'yuv420p', ...(sound ? ['-c:a', 'aac'] : []), '-f', 'flv', url,
  ], { stdio: 'ignore' });
  return { exit: new Promise((resolve) => encoder.once('close', resolve)), stop: () => sendSignal(encoder, 'SIGTERM') };
};
