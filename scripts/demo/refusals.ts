import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { countingClient } from './counting-client.ts';
import type { DemoPipeline } from './demo-pipelines.ts';

/** What somebody was answered who has no right to watch. */
export interface RefusedViewer {
  readonly status: number;
  /** As the socket counted them. */
  readonly bytes: number;
}

/** The same URL with another last character of its token's signature, all of whose bits count. */
export const withChangedToken = (playbackUrl: string): string => {
  const url = new URL(playbackUrl);
  const token = url.searchParams.get('token') ?? '';
  url.searchParams.set('token', token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
  return url.href;
};

/** Without a token and without a breakout, as scanners and browsers ask: what names a breakout would count as its own. */
const strayUrl = (playbackUrl: string): string => new URL('/favicon.ico', playbackUrl).href;

/** Asks once as somebody who may not watch: a Cam show with a changed token, a Pro show's distribution without any. */
export const askWithoutRight = async (kind: DemoPipeline['kind'], playbackUrl: string): Promise<RefusedViewer> => {
  const client = countingClient();
  const { status, socketBytes } = await client.get(kind === 'CAM' ? withChangedToken(playbackUrl) : strayUrl(playbackUrl));
  client.close();
  return { status, bytes: socketBytes };
};

const triedSeconds = 2;
const givenUpMilliseconds = 15_000;

/** Pushes for two seconds where a show was pushed to: `taken` when that came through. */
export const pushAgain = async (url: string): Promise<'refused' | 'taken'> => {
  const card = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30', '-t', String(triedSeconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...card, '-f', 'flv', url], { stdio: 'ignore' });
  const force = setTimeout(() => child.kill('SIGKILL'), givenUpMilliseconds);
  try {
    await once(child, 'close');
    return child.exitCode === 0 ? 'taken' : 'refused';
  } finally {
    clearTimeout(force);
  }
};
