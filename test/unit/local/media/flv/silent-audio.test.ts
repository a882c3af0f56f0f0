import { spawnSync } from 'node:child_process';
import { encodeFlvTag, flvHeader } from '../../../../../local/media/flv/flv-tag.ts';
import { aacFrameMilliseconds, silenceFor } from '../../../../../local/media/flv/silent-audio.ts';

const mono44 = Buffer.from([0xaf, 0, 0x12, 0x08]);
const stereo48 = Buffer.from([0xaf, 0, 0x11, 0x90]);
const surround48 = Buffer.from([0xaf, 0, 0x11, 0xb0]);
const highEfficiency = Buffer.from([0xaf, 0, 0x2b, 0x11, 0x88, 0x00]);

describe('silent AAC', () => {
  it.each([['mono at 44.1 kHz', mono44], ['stereo at 48 kHz', stereo48]])('is silence to a decoder of %s', (_, configuration) => {
    const { frame } = silenceFor(configuration);
    const tags = [configuration, ...Array.from({ length: 20 }, () => frame)].map((data, index) => encodeFlvTag({ kind: 'audio', timestamp: index * 22, data }));

    const { stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-f', 'flv', '-i', 'pipe:0', '-f', 's16le', 'pipe:1'], { input: Buffer.concat([flvHeader({ audio: true, video: false }), ...tags]) });

    expect(stderr.toString()).toBe('');
    expect(stdout.length).toBeGreaterThan(20 * 1024);
    expect(stdout.every((byte) => byte === 0)).toBe(true);
  });

  it('keeps the configuration of a stream where it can', () => {
    expect(silenceFor(mono44).configuration).toBe(mono44);
    expect(silenceFor(surround48).configuration).toEqual(stereo48);
    expect(silenceFor(highEfficiency).configuration).toEqual(stereo48);
    expect(silenceFor(undefined).configuration).toEqual(stereo48);
  });

  it('lasts 1024 samples a frame', () => {
    expect(aacFrameMilliseconds(mono44)).toBeCloseTo(23.22, 2);
    expect(aacFrameMilliseconds(stereo48)).toBeCloseTo(21.33, 2);
    expect(aacFrameMilliseconds(Buffer.from([0xaf, 0]))).toBeCloseTo(21.33, 2);
  });
});
