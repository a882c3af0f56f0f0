import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What an encoder sends, and where. */
export interface EncoderOptions {
  /** The ingest URL with the stream name. */
  readonly url: string;
  /** A media file to loop; a generated test card with clock and tone when absent. */
  readonly source?: string;
  readonly height: number;
  readonly ffmpegPath?: string;
}

/** A running encoder. */
export interface Encoder {
  /** Ends the stream as an encoder does, and resolves when it has gone. */
  stop(): Promise<void>;
  /** How often it had to connect anew. */
  readonly reconnects: number;
}

const testCard = (height: number): string[] => {
  const width = Math.round((height * 16) / 9 / 2) * 2;
  return [
    ...['-re', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=30`],
    ...['-f', 'lavfi', '-i', 'sine=frequency=1000:sample_rate=48000'],
    ...['-map', '0:v', '-map', '1:a'],
  ];
};

const encoderArguments = ({ url, source, height }: EncoderOptions): string[] => [
  ...['-hide_banner', '-loglevel', 'error'],
  ...(source === undefined ? testCard(height) : ['-re', '-stream_loop', '-1', '-i', source]),
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-b:v', '4M', '-maxrate', '4M', '-bufsize', '4M', '-g', '60'],
  ...['-c:a', 'aac', '-b:a', '192k', '-ar', '48000', '-ac', '2', '-f', 'flv', url],
];

/** Starts an encoder (ffmpeg) that pushes to the ingest URL and connects again when it is refused or cut off. */
export const startEncoder = (options: EncoderOptions): Encoder => {
  let child: ChildProcess | undefined;
  let stopped = false;
  let reconnects = 0;
  let retry: NodeJS.Timeout | undefined;
  const connect = (): void => {
    child = spawn(options.ffmpegPath ?? 'ffmpeg', encoderArguments(options), { stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', () => undefined);
    child.on('close', () => {
      if (stopped) return;
      reconnects += 1;
      retry = setTimeout(connect, 500);
    });
  };
  connect();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      const force = setTimeout(() => child?.kill('SIGKILL'), 5000);
      child.stdin?.end('q');
      await closed;
      clearTimeout(force);
    },
    get reconnects() {
      return reconnects;
    },
  };
};
