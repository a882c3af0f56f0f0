import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sendSignal } from '../../local/media/processes/send-signal.ts';
import { openUplink, type Uplink } from './uplink.ts';

/** What an encoder sends, and where. */
export interface EncoderOptions {
  /** The ingest URLs, which all get the same. */
  readonly urls: readonly string[];
  /** A media file to loop; a generated test card with clock and tone when absent. */
  readonly source?: string;
  readonly height: number;
  /** Whether a source is brought to that height and to 30 frames a second; sent as it is when absent. */
  readonly isScaled?: true;
  /** Of the video; 4 Mbit/s when absent. */
  readonly kilobitsPerSecond?: number;
  /** What is drawn over the test card, as a filter of ffmpeg. */
  readonly overlay?: string;
  readonly ffmpegPath?: string;
}

/** A running encoder: it encodes once and sends that over every uplink. */
export interface Encoder {
  /** In the order of the URLs. */
  readonly uplinks: readonly Uplink[];
  /** Milliseconds since the epoch at which it began to send; undefined before. */
  readonly sendsSince: number | undefined;
  /** Ends the stream as an encoder does, and resolves when it has gone. */
  stop(): Promise<void>;
}

const testCard = ({ height, overlay }: EncoderOptions): string[] => {
  const width = Math.round((height * 16) / 9 / 2) * 2;
  return [
    ...['-re', '-f', 'lavfi', '-i', `testsrc2=size=${width}x${height}:rate=30${overlay === undefined ? '' : `,${overlay}`}`],
    ...['-f', 'lavfi', '-i', 'sine=frequency=1000:sample_rate=48000'],
    ...['-map', '0:v', '-map', '1:a'],
  ];
};

const sourceFile = (source: string, { height, isScaled }: EncoderOptions): string[] => [
  ...['-re', '-stream_loop', '-1', '-i', source],
  ...(isScaled === true ? ['-vf', `scale=-2:${height}`, '-r', '30'] : []),
];

/** What ffmpeg is told: what to read, how to encode it, and to write MPEG-TS to its output. */
export const encoderArguments = (options: EncoderOptions, bitrate = `${options.kilobitsPerSecond ?? 4000}k`): string[] => [
  ...['-hide_banner', '-loglevel', 'error'],
  ...(options.source === undefined ? testCard(options) : sourceFile(options.source, options)),
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-b:v', bitrate, '-maxrate', bitrate, '-bufsize', bitrate, '-g', '60'],
  ...['-c:a', 'aac', '-b:a', '192k', '-ar', '48000', '-ac', '2', '-muxdelay', '0', '-flush_packets', '1', '-f', 'mpegts', 'pipe:1'],
];

/** Starts an encoder (ffmpeg) that pushes to the ingest URLs and connects again where it is refused or cut off. */
export const startEncoder = (options: EncoderOptions): Encoder => {
  const ffmpegPath = options.ffmpegPath ?? 'ffmpeg';
  const uplinks = options.urls.map((url) => openUplink(url, ffmpegPath));
  const child = spawn(ffmpegPath, encoderArguments(options), { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  let sendsSince: number | undefined;
  child.stdout.on('data', (transport: Buffer) => {
    sendsSince ??= Date.now();
    for (const uplink of uplinks) uplink.send(transport);
  });
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      const force = setTimeout(() => sendSignal(child, 'SIGKILL'), 5000);
      child.stdin.end('q');
      await closed;
      clearTimeout(force);
    }
    await Promise.all(uplinks.map((uplink) => uplink.stop()));
  };
  return {
    uplinks,
    get sendsSince() {
      return sendsSince;
    },
    stop: () => (ended ??= end()),
  };
};
