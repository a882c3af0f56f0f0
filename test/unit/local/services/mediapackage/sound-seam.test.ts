import fc from 'fast-check';
import type { AudioTiming } from '../../../../../local/media/mp4/source/chunk-timing.ts';
import { soundFrom } from '../../../../../local/services/mediapackage/packaging/sound-seam.ts';

const frameTicks = 1920;
/** Sound whose frames do not quite follow each other, as encoders make it that stretch what drifts. */
const soundOf = (from: number, stretches: readonly number[]): AudioTiming => {
  const starts = stretches.reduce<readonly number[]>((all, stretch) => [...all, all.at(-1)! + frameTicks + stretch], [from]);
  return { from, to: starts.at(-1)! + frameTicks, starts, frameTicks, bitsPerSecond: 96_000, configuration: { samplesPerSecond: 48_000, channels: 2, decoderConfiguration: Buffer.alloc(2) } };
};
const mostStretched = 360;
const stretches = fc.array(fc.integer({ min: -mostStretched, max: mostStretched }), { minLength: 20, maxLength: 30 });

describe('the sound at a seam', () => {
  it('begins with the frame that is nearest to where the other encoder left off, wherever frames are', () => {
    fc.assert(fc.property(stretches, stretches, fc.integer({ min: -5 * frameTicks, max: 5 * frameTicks }), fc.integer({ min: -1e6, max: 1e6 }), (of, ofEarlier, ahead, shift) => {
      const earlier = soundOf(90_000, ofEarlier);
      const sound = soundOf(earlier.to, of);
      const before = { from: earlier.from + shift, to: sound.from + ahead + shift };

      const { audio, isLedIn = false } = soundFrom(sound, shift, { before, earlier });

      const from = audio!.from - shift;
      expect((isLedIn ? earlier : sound).starts).toContain(from);
      // As far as the encoder itself has stretched what is between two of its frames, nothing can be nearer.
      expect(Math.abs(audio!.from - before.to)).toBeLessThanOrEqual(frameTicks / 2 + mostStretched);
      expect(audio!.from - before.to).toBeGreaterThanOrEqual(-frameTicks / 2);
      expect(audio!.to).toBe(sound.to + shift);
    }));
  });

  it('is the whole of a chunk where a player begins anew, and where there was no sound that goes before', () => {
    const sound = soundOf(90_000, [0, 0, 0]);

    expect(soundFrom(sound, 10, { before: undefined, earlier: soundOf(0, [0]) })).toEqual({ audio: { from: 90_010, to: 97_690 } });
    expect(soundFrom(sound, 0, { before: { from: 0, to: 80_000 }, earlier: soundOf(0, [0]) })).toEqual({ audio: { from: 90_000, to: 97_680 } });
    expect(soundFrom(undefined, 0, { before: { from: 0, to: 80_000 }, earlier: undefined })).toEqual({});
  });
});
