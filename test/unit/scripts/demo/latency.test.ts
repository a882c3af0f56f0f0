import { latencySeconds } from '../../../../scripts/demo/latency.ts';

describe('the latency of what was watched', () => {
  it('is the age of a segment\'s first picture when it comes, in the middle of all', () => {
    const arrivals = [{ at: 12_600, secondsBefore: 0 }, { at: 14_400, secondsBefore: 2 }, { at: 20_000, secondsBefore: 4 }];

    expect(latencySeconds(arrivals, 10_000)).toBeCloseTo(2.6, 9);
  });

  it('is no number where nothing came', () => {
    expect(latencySeconds([], 0)).toBeNaN();
  });
});
