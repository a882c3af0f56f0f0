import { selectRenditions } from '../../../../../local/services/ivs/recording/select-renditions.ts';
import { ladderOf } from '../../../../../local/services/ivs/streams/ladder.ts';

const source = { widthPixels: 1920, heightPixels: 1080, framesPerSecond: 30 };
const ladder = ladderOf('STANDARD', undefined, source);

describe('the renditions that a recording has', () => {
  it('are all, or none', () => {
    expect(selectRenditions({ renditionSelection: 'ALL' }, ladder)).toEqual([0, 1, 2, 3, 4]);
    expect(selectRenditions({ renditionSelection: 'NONE' }, ladder)).toEqual([]);
  });

  it('are those that were chosen, the largest first', () => {
    expect(selectRenditions({ renditionSelection: 'CUSTOM', renditions: ['LOWEST_RESOLUTION', 'HD', 'SD'] }, ladder)).toEqual([1, 2, 4]);
  });

  it('are the best one for what is not there', () => {
    expect(selectRenditions({ renditionSelection: 'CUSTOM', renditions: ['FULL_HD'] }, ladderOf('ADVANCED_HD', undefined, source))).toEqual([0]);
  });

  it('are the source of a BASIC channel, whatever is chosen', () => {
    expect(selectRenditions({ renditionSelection: 'CUSTOM', renditions: ['SD'] }, ladderOf('BASIC', undefined, source))).toEqual([0]);
  });
});
