import { bitrateBreach, resolutionBreach } from '../../../../../local/services/ivs/streams/limit-breach.ts';

const size = (widthPixels: number, heightPixels: number) => ({ widthPixels, heightPixels });

describe('the limits of an IVS stream', () => {
  it('allow Full HD either way round', () => {
    expect([resolutionBreach(size(1920, 1080)), resolutionBreach(size(1080, 1920))]).toEqual([undefined, undefined]);
  });

  it('tell the edge that is too long, else the pixels that are too many', () => {
    expect(resolutionBreach(size(2560, 1440))).toEqual({ limit_name: 'Ingest Resolution', limit_value: 1920, exceeded_by: 640, limit_unit: 'pixels per edge' });
    expect(resolutionBreach(size(1920, 1200))).toEqual({ limit_name: 'Ingest Resolution', limit_value: 2_073_600, exceeded_by: 230_400, limit_unit: 'total pixels' });
  });

  it.each([
    ['BASIC', size(852, 480), 1_500_000], ['BASIC', size(1280, 720), 3_500_000], ['STANDARD', size(852, 480), 8_500_000], ['ADVANCED_SD', size(1920, 1080), 8_500_000],
  ] as const)('hold %s at %j to %i bits per second', (type, picture, most) => {
    expect(bitrateBreach(type, picture, most)).toBeUndefined();
    expect(bitrateBreach(type, picture, most + 3)).toEqual({ limit_name: 'Ingest Bitrate', limit_value: most, exceeded_by: 3, limit_unit: 'bits per second' });
  });
});
