import { ladderOf } from '../../../../../local/services/ivs/streams/ladder.ts';

const fullHd = { widthPixels: 1920, heightPixels: 1080, framesPerSecond: 29.97 };
const names = (...parameters: Parameters<typeof ladderOf>): readonly string[] => ladderOf(...parameters).map(({ name }) => name);

describe('the renditions of an IVS stream', () => {
  it('are the source alone on BASIC', () => {
    expect(ladderOf('BASIC', undefined, fullHd)).toEqual([{ name: '1080p30', ...fullHd }]);
  });

  it('are the source and what is below it on STANDARD', () => {
    expect(names('STANDARD', undefined, fullHd)).toEqual(['1080p30', '720p30', '480p30', '360p30', '160p30']);
    expect(names('STANDARD', undefined, { ...fullHd, widthPixels: 852, heightPixels: 480 })).toEqual(['480p30', '360p30', '160p30']);
  });

  it('make sound anew on STANDARD for small ones alone', () => {
    expect(ladderOf('STANDARD', undefined, fullHd).map(({ audioBitsPerSecond }) => audioBitsPerSecond !== undefined)).toEqual([false, false, false, true, true]);
  });

  it.each([['ADVANCED_SD', ['480p30', '360p30', '160p30']], ['ADVANCED_HD', ['720p30', '480p30', '360p30', '160p30']]] as const)('end at what %s gives, all made anew', (type, expected) => {
    const ladder = ladderOf(type, 'HIGHER_BANDWIDTH_DELIVERY', fullHd);

    expect(ladder.map(({ name }) => name)).toEqual(expected);
    expect(ladder.every(({ videoBitsPerSecond, audioBitsPerSecond }) => videoBitsPerSecond !== undefined && audioBitsPerSecond !== undefined)).toBe(true);
  });

  it('take less bandwidth with the constrained preset', () => {
    const [constrained, higher] = (['CONSTRAINED_BANDWIDTH_DELIVERY', 'HIGHER_BANDWIDTH_DELIVERY'] as const).map((preset) => ladderOf('ADVANCED_HD', preset, fullHd)[0]!.videoBitsPerSecond!);

    expect(constrained).toBeLessThan(higher!);
  });

  it('keep the shape of the picture, in even widths', () => {
    expect(ladderOf('STANDARD', undefined, { ...fullHd, widthPixels: 1440 }).map(({ widthPixels }) => widthPixels)).toEqual([1440, 960, 640, 480, 214]);
  });
});
