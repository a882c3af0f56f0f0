import { chunkSecondsOf, codecsOf, levelOf, type VideoEncode } from '../../../../../local/media/encoder/rendition.ts';

const aVideo = (change: Partial<VideoEncode> = {}): VideoEncode => ({
  widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, maximumBitsPerSecond: 5_000_000, bufferBits: 10_000_000,
  frameRate: { numerator: 30, denominator: 1 }, gopFrames: 60, profile: 'high', bFrames: 2, isStretched: false, ...change,
});

describe('a rendition', () => {
  it.each([[1920, 1080, 40], [1280, 720, 31], [854, 480, 31], [640, 360, 30], [426, 240, 21]])('writes the lowest level for %i×%i', (widthPixels, heightPixels, level) => {
    expect(levelOf(aVideo({ widthPixels, heightPixels }))).toBe(level);
  });

  it('names its codecs', () => {
    expect(codecsOf({ name: 'x', video: aVideo({ profile: 'main' }), audio: { bitsPerSecond: 1, samplesPerSecond: 48_000, channels: 2 } })).toBe('avc1.4D4028,mp4a.40.2');
    expect(codecsOf({ name: 'x', video: aVideo(), audio: undefined })).toBe('avc1.640028');
  });

  it.each([[60, 2], [30, 2], [90, 3], [25, 2.5]])('cuts chunks of whole GOPs, GOP of %i frames', (gopFrames, seconds) => {
    expect(chunkSecondsOf(aVideo({ gopFrames }))).toBeCloseTo(seconds, 6);
  });
});
