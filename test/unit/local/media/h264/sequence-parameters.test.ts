import fc from 'fast-check';
import { readDecoderConfiguration } from '../../../../../local/media/h264/sequence-parameters.ts';

/** Decoder configurations that ffmpeg wrote. */
const written: readonly (readonly [string, number, number, string])[] = [
  ['a small picture', 320, 180, '0142c00dffe100176742c00dda05067e7c0440000003004000000f03c50aa8'],
  ['Full HD', 1920, 1080, '0142c028ffe100196742c028da01e0089f970110000003001000000303c0f1832a'],
  ['HD', 1280, 720, '0142c01fffe100176742c01fda014016ec0440000003004000000f03c60ca8'],
  ['a width that is no multiple of 16', 852, 480, '0142c01fffe100196742c01fda0360f79fc044000003000400000300f03c60ca80'],
  ['a height that is none', 640, 362, '0142c01effe100196742c01eda0280bfe4c044000003000400000300f03c58ba80'],
  ['interlaced pictures of the high profile', 1920, 1080, '01640028ffe1001a67640028acd94078044fde0220000003002000000783e2c5b2c0'],
];

describe('the decoder configuration of H.264', () => {
  it.each(written)('tells the size of %s', (_, widthPixels, heightPixels, hex) => {
    expect(readDecoderConfiguration(Buffer.from(hex, 'hex'))).toMatchObject({ widthPixels, heightPixels });
  });

  it('tells profile and level', () => {
    expect(readDecoderConfiguration(Buffer.from(written[5]![3], 'hex'))).toMatchObject({ profile: 100, level: 40 });
  });

  it('never throws on what is none', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, hasHead) => {
      const buffer = Buffer.concat([hasHead ? Buffer.from('0164002affe10020', 'hex') : Buffer.alloc(0), Buffer.from(bytes)]);

      expect(() => readDecoderConfiguration(buffer)).not.toThrow();
    }));
  });

  it('is undefined where it is cut short', () => {
    const whole = Buffer.from(written[1]![3], 'hex');

    expect(readDecoderConfiguration(whole.subarray(0, 13))).toBeUndefined();
  });
});
