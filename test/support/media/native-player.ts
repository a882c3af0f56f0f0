import { spawn } from 'node:child_process';

/** What a program that is no browser saw of a stream. */
export interface NativePlay {
  /** Pictures that were decoded. */
  readonly frames: number;
  /** What it complained about; a stream that plays has none. */
  readonly errors: readonly string[];
}

const graceMilliseconds = 30_000;

/** Plays so many seconds of HLS (of MPEG-TS or CMAF) or DASH with ffmpeg's own demuxers and decoders; it has none for Smooth Streaming. Rejects when it does not play at all. */
export const playNatively = (url: string, seconds: number): Promise<NativePlay> =>
  new Promise((resolve, reject) => {
    const player = spawn('ffmpeg', ['-nostdin', '-v', 'error', '-progress', 'pipe:1', '-t', String(seconds), '-i', url, '-map', '0:v:0', '-map', '0:a:0', '-f', 'null', '-'], {
      stdio: ['ignore', 'pipe', 'pipe'], timeout: 1000 * seconds + graceMilliseconds, killSignal: 'SIGKILL',
    });
    let [progress, complaint] = ['', ''];
    player.stdout.setEncoding('utf8').on('data', (text: string) => { progress += text; });
    player.stderr.setEncoding('utf8').on('data', (text: string) => { complaint = (complaint + text).slice(-20_000); });
    player.once('error', reject);
    player.once('close', (status) => {
      const frames = [...progress.matchAll(/^frame=(\d+)$/gm)].map(([, count]) => Number(count));
      if (status === 0) resolve({ frames: frames.at(-1) ?? 0, errors: complaint.split('\n').filter((line) => line !== '') });
      else reject(new Error(`ffmpeg ended with ${status ?? 'a signal: it waited in vain'} on ${url}: ${complaint.slice(-500)}`));
    });
  });
