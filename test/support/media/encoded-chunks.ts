import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A rung as a test encodes it. */
export interface EncodedRung {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSecond: number;
  readonly codecs: string;
  /** One of each two seconds. */
  readonly chunks: readonly Buffer[];
}

export const chunkMilliseconds = 2000;

const shapes = [{ width: 320, height: 180, bitsPerSecond: 300_000, codecs: 'avc1.64000D,mp4a.40.2' }, { width: 192, height: 108, bitsPerSecond: 120_000, codecs: 'avc1.64000B,mp4a.40.2' }] as const;

/** Encodes a moving picture with a tone as chunks of MPEG-TS, the way a channel's encoder does: closed groups of two seconds, B-frames, AAC. */
export const encodeChunks = async (folder: string, seconds: number, { profile = 'high', audioDelayMilliseconds = 0 } = {}): Promise<readonly EncodedRung[]> => {
  mkdirSync(folder, { recursive: true });
  await promisify(execFile)('ffmpeg', [
    '-nostdin', '-v', 'error', '-t', String(seconds), '-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=30', '-t', String(seconds), '-f', 'lavfi', '-i', 'sine=sample_rate=48000',
    ...shapes.flatMap(({ width, height, bitsPerSecond }, index) => [
      '-map', '0:v', '-map', '1:a', '-vf', `scale=${width}:${height},setsar=1`, '-c:v', 'libx264', '-preset', 'superfast', '-profile:v', profile, '-pix_fmt', 'yuv420p', '-threads', '1',
      '-b:v', String(bitsPerSecond), '-g', '60', '-keyint_min', '60', '-sc_threshold', '0', '-flags:v', '+cgop', '-bf', '2',
      '-af', `asetpts=PTS+${audioDelayMilliseconds}/1000/TB`, '-c:a', 'aac', '-b:a', '64k', '-ac', '2',
      '-f', 'segment', '-segment_format', 'mpegts', '-segment_time', '2', '-segment_time_delta', '0.016', '-individual_header_trailer', '0', '-avoid_negative_ts', 'disabled', join(folder, `${index}-%03d.ts`),
    ]),
  ]);
  return shapes.map((shape, index) => ({ ...shape, chunks: Array.from({ length: Math.ceil(seconds / 2) }, (_, number) => readFileSync(join(folder, `${index}-${String(number).padStart(3, '0')}.ts`))) }));
};
