import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sendSignal } from '../../local/media/processes/send-signal.ts';

/** One way from an encoder to an ingest address. */
export interface Uplink {
  /** Takes MPEG-TS; what finds no way out is lost, as live media is. */
  send(transport: Buffer): void;
  /** Cuts the line, as a pulled cable does, until {@link Uplink.restore}. */
  cut(): void;
  /** Stays connected and sends nothing, until {@link Uplink.restore}. */
  freeze(): void;
  /** Sends again, after a cut or a freeze. */
  restore(): void;
  stop(): Promise<void>;
}

const mostWaitingBytes = 4_000_000;
/** Uneven: each try looks at a third of a second of a stream with a key frame every two, and must not miss it again and again. */
const reconnectMilliseconds = [300, 450, 700, 550, 850] as const;

const outputOf = (url: string): string[] => (url.startsWith('rtp:') ? ['-f', 'rtp_mpegts', `${url}?pkt_size=1328`] : ['-f', 'flv', url]);

/** Opens an uplink (ffmpeg, which copies) to an RTMP or RTP address; it connects again when it is refused or cut off. */
export const openUplink = (url: string, ffmpegPath: string): Uplink => {
  let child: ChildProcess | undefined;
  let state: 'up' | 'cut' | 'stopped' = 'up';
  let retry: NodeJS.Timeout | undefined;
  let tries = 0;
  const connect = (): void => {
    const input = ['-hide_banner', '-loglevel', 'error', '-probesize', '100000', '-analyzeduration', '300000', '-f', 'mpegts', '-i', 'pipe:0'];
    child = spawn(ffmpegPath, [...input, '-c', 'copy', ...outputOf(url)], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin?.on('error', () => undefined);
    child.on('error', () => undefined);
    child.on('close', () => {
      child = undefined;
      if (state !== 'up') return;
      retry = setTimeout(connect, reconnectMilliseconds[tries % reconnectMilliseconds.length]);
      tries += 1;
    });
  };
  connect();
  return {
    send: (transport) => {
      if (child?.stdin?.writable === true && child.stdin.writableLength < mostWaitingBytes) child.stdin.write(transport);
    },
    cut: () => {
      state = 'cut';
      clearTimeout(retry);
      sendSignal(child, 'SIGKILL');
    },
    freeze: () => sendSignal(child, 'SIGSTOP'),
    restore: () => {
      if (state === 'cut') {
        state = 'up';
        connect();
      } else sendSignal(child, 'SIGCONT');
    },
    stop: async () => {
      state = 'stopped';
      clearTimeout(retry);
      if (child === undefined) return;
      const closed = once(child, 'close');
      sendSignal(child, 'SIGCONT');
      child.stdin?.end();
      const force = setTimeout(() => sendSignal(child, 'SIGKILL'), 5000);
      await closed;
      clearTimeout(force);
    },
  };
};
