import fc from 'fast-check';
import { readAccessUnit } from '../../../../../local/media/mp4/source/access-unit.ts';
import { readAdtsFrames } from '../../../../../local/media/mp4/source/adts-frames.ts';
import { readChunkTiming } from '../../../../../local/media/mp4/source/chunk-timing.ts';
import { readElementaryStreams, timestampPeriod, unwrap } from '../../../../../local/media/mp4/source/elementary-streams.ts';

const startCode = [0, 0, 0, 1];
const timestamp = (mark: number, ticks: number): number[] => [
  (mark << 4) | (Math.floor(ticks / 2 ** 30) << 1) | 1, Math.floor(ticks / 2 ** 22) & 0xff, ((Math.floor(ticks / 2 ** 15) & 0x7f) << 1) | 1, (ticks >>> 7) & 0xff, ((ticks & 0x7f) << 1) | 1,
];
/** One TS packet that begins a PES packet, filled up with stuffing. */
const packet = (packetId: number, streamId: number, pts: number, content: readonly number[]): Buffer => {
  const pes = [0, 0, 1, streamId, 0, 0, 0x80, 0x80, 5, ...timestamp(2, pts), ...content];
  const stuffing = 188 - 4 - pes.length;
  return Buffer.from([0x47, 0x40 | (packetId >> 8), packetId & 0xff, 0x30, stuffing - 1, 0, ...Array<number>(stuffing - 2).fill(0xff), ...pes]);
};
const keyFrame = [...startCode, 9, 0xf0, ...startCode, 0x67, 100, 0, 30, ...startCode, 0x68, 1, ...startCode, 0x65, 7, 7];
const picture = [...startCode, 9, 0xf0, ...startCode, 0x41, 7, 7];
/** AAC LC, 48 kHz, stereo. */
const soundFrame = (length: number): number[] => [0xff, 0xf1, 0x4c, 0x80 | ((length + 7) >> 11), ((length + 7) >> 3) & 0xff, (((length + 7) & 7) << 5) | 0x1f, 0xfc, ...Array<number>(length).fill(5)];

describe('a chunk of MPEG-TS', () => {
  it('comes apart into pictures and sound with their times', () => {
    const { video, audio } = readElementaryStreams(Buffer.concat([packet(256, 0xe0, 132_000, keyFrame), packet(257, 0xc0, 130_080, soundFrame(20)), packet(256, 0xe0, 135_000, picture)]));

    expect(video.map(({ pts, dts }) => [pts, dts])).toEqual([[132_000, 132_000], [135_000, 135_000]]);
    expect(audio.map(({ pts }) => pts)).toEqual([130_080]);
  });

  it('runs on over the wrap of its timestamps', () => {
    const { video } = readElementaryStreams(Buffer.concat([packet(256, 0xe0, timestampPeriod - 3000, keyFrame), packet(256, 0xe0, 0, picture)]));

    expect(video.map(({ pts }) => pts)).toEqual([timestampPeriod - 3000, timestampPeriod]);
  });

  it('tells when its pictures and its sound begin and end', () => {
    const timing = readChunkTiming(Buffer.concat([packet(256, 0xe0, 9000, keyFrame), packet(257, 0xc0, 9600, [...soundFrame(20), ...soundFrame(20)]), packet(256, 0xe0, 12_000, picture)]));

    expect(timing).toMatchObject({ video: { from: 9000, to: 15_000 }, audio: { from: 9600, to: 13_440, starts: [9600, 11_520], frameTicks: 1920, configuration: { samplesPerSecond: 48_000, channels: 2 } } });
  });

  it('is none where the first picture cannot be decoded', () => {
    expect(readChunkTiming(packet(256, 0xe0, 9000, picture))).toBeUndefined();
  });

  it('is nothing where the bytes are noise', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1000 }), (noise) => {
      const bytes = Buffer.from(noise);
      readChunkTiming(bytes);
      readChunkTiming(Buffer.concat([packet(256, 0xe0, 9000, keyFrame), bytes]));
      readAdtsFrames([{ pts: 0, dts: 0, payload: [bytes] }]);
      readAccessUnit([bytes]);
    }));
  });

  it('survives any change of one of its bytes', () => {
    const chunk = Buffer.concat([packet(256, 0xe0, 9000, keyFrame), packet(257, 0xc0, 9600, soundFrame(20)), packet(256, 0xe0, 12_000, picture)]);
    fc.assert(fc.property(fc.nat(chunk.length - 1), fc.nat(255), (at, value) => {
      const changed = Buffer.from(chunk);
      changed[at] = value;
      readChunkTiming(changed);
    }));
  });
});

describe('a picture', () => {
  it('is given lengths for its start codes, and loses its parameter sets', () => {
    const { data, isKeyFrame, configuration } = readAccessUnit([Buffer.from(keyFrame)]);

    expect([...data]).toEqual([0, 0, 0, 3, 0x65, 7, 7]);
    expect(isKeyFrame).toBe(true);
    expect(configuration?.sequenceParameterSet.length).toBe(4);
  });
});

describe('a timestamp of 33 bits', () => {
  it('is the one nearest to the time that is expected', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 45 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), (near, off) => {
      const time = Math.max(0, near + off);
      expect(unwrap(time % timestampPeriod, near)).toBe(time);
    }));
  });
});
