import { Timeline } from '../../../../../local/media/flv/timeline.ts';

describe('a timeline', () => {
  it('begins at zero whatever the publisher\'s clock says', () => {
    const timeline = new Timeline();

    expect([90_000, 90_033, 90_066].map((time) => timeline.place(time))).toEqual([0, 33, 66]);
  });

  it('continues where it ended when a publisher comes back', () => {
    const timeline = new Timeline();
    timeline.place(0);
    timeline.place(1000);

    timeline.rejoin();

    expect([500, 540].map((time) => timeline.place(time))).toEqual([1033, 1073]);
  });

  it.each([['forward', 4_000_000_000], ['back', -50_000]])('takes a broken clock that jumps %s as a new beginning', (_, jump) => {
    const timeline = new Timeline();
    timeline.place(100_000);
    timeline.place(100_500);

    expect(timeline.place(100_500 + jump)).toBe(533);
  });

  it('keeps small steps back, which interleaving makes', () => {
    const timeline = new Timeline();
    timeline.place(0);
    timeline.place(100);

    expect(timeline.place(80)).toBe(80);
  });
});
