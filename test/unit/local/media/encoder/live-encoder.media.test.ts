import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runwayMilliseconds } from '../../../../../local/media/encoder/encoder-arguments.ts';
import { startLiveEncoder, type LiveEncoder } from '../../../../../local/media/encoder/live-encoder.ts';
import type { Rendition } from '../../../../../local/media/encoder/rendition.ts';

const rendition = (widthPixels: number, heightPixels: number): Rendition => ({
  name: `${heightPixels}p`,
  video: { widthPixels, heightPixels, bitsPerSecond: 300_000, maximumBitsPerSecond: 400_000, bufferBits: 600_000, frameRate: { numerator: 30, denominator: 1 }, gopFrames: 60, profile: 'main', bFrames: 2, isStretched: false },
  audio: { bitsPerSecond: 64_000, samplesPerSecond: 48_000, channels: 2 },
});

/** Writes a test card of so many seconds as fast as it is taken. */
const feed = async (encoder: LiveEncoder, seconds: number): Promise<void> => {
  const source = spawn('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30', '-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-c:a', 'aac', '-output_ts_offset', String(runwayMilliseconds / 1000), '-f', 'flv', 'pipe:1'],
  ], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const bytes of source.stdout) {
    if (!encoder.write(Buffer.from(bytes))) await new Promise<void>((resolve) => encoder.drained(resolve));
  }
  encoder.finish();
};

describe('a live encoder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-encoder-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('reports chunks when they are complete', async () => {
    const reported: { readonly file: string; readonly bytes: number }[] = [];
    const encoder = startLiveEncoder({
      ffmpegPath: 'ffmpeg', folder, startMilliseconds: 0, renditions: [rendition(320, 180), rendition(192, 108)],
      onChunk: ({ file }) => reported.push({ file, bytes: statSync(file).size }),
    });

    await feed(encoder, 40);
    const { status } = await encoder.exit;

    expect(status).toBe(0);
    expect(reported).toHaveLength(40);
    expect(reported.filter(({ file, bytes }) => statSync(file).size !== bytes)).toEqual([]);
  });
});
