import { execFileSync, spawn, type ChildProcess } from 'node:child_process';

/** A test card in a transport stream. */
export interface TransportStreamOptions {
  readonly seconds?: number;
  /** Arguments of ffmpeg for the pictures. @default H.264 with a key frame a second */
  readonly video?: readonly string[];
  /** Arguments of ffmpeg for the sound. @default AAC */
  readonly audio?: readonly string[];
  /** Arguments of the muxer: packet identifiers for example. */
  readonly muxer?: readonly string[];
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'];

const encodeArguments = ({ seconds = 2, video = h264, audio = ['-c:a', 'aac'], muxer = [] }: TransportStreamOptions, pace: readonly string[] = []): string[] => [
  '-v', 'error', ...pace, '-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=25', ...pace, '-f', 'lavfi', '-i', 'sine=sample_rate=48000',
  '-t', String(seconds), ...video, ...audio, ...muxer,
];

/** The transport stream as bytes. */
export const aTransportStream = (options: TransportStreamOptions = {}): Buffer =>
  execFileSync('ffmpeg', [...encodeArguments(options), '-f', 'mpegts', 'pipe:1'], { maxBuffer: 50_000_000 });

/** Sends it to an RTP port in real time. */
export const sendRtp = (port: number, options: TransportStreamOptions = {}): ChildProcess =>
  spawn('ffmpeg', [...encodeArguments(options, ['-re']), '-f', 'rtp_mpegts', `rtp://127.0.0.1:${port}?pkt_size=1316`], { stdio: 'ignore' });

/** One datagram of RTP. */
export const anRtpPacket = (payload: Buffer, { sequence = 0, source = 1, timestamp = 0, type = 33, extension = Buffer.alloc(0), padding = 0 } = {}): Buffer => {
  const head = Buffer.alloc(12);
  head.writeUInt8(0x80 | (padding > 0 ? 0x20 : 0) | (extension.length > 0 ? 0x10 : 0), 0);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE(timestamp >>> 0, 4);
  head.writeUInt32BE(source >>> 0, 8);
  const tail = Buffer.alloc(padding);
  if (padding > 0) tail.writeUInt8(padding, padding - 1);
  return Buffer.concat([head, extension, payload, tail]);
};

/** A transport stream in datagrams of seven packets. */
export const inRtpPackets = (stream: Buffer, first = 0, source = 1): Buffer[] => {
  const size = 7 * 188;
  return Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
    anRtpPacket(stream.subarray(index * size, (index + 1) * size), { sequence: first + index, source, timestamp: index * 900 }));
};
