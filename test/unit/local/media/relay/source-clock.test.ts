import fc from 'fast-check';
import { SourceClock } from '../../../../../local/media/relay/source-clock.ts';

const frameMilliseconds = 1000 / 30;
const aClock = () => new SourceClock(frameMilliseconds);
const slot = (time: number) => time / frameMilliseconds;

describe('a source clock', () => {
  it('places a steady stream on consecutive frames', () => {
    fc.assert(fc.property(fc.nat(100_000), fc.nat(1_000_000), (arrival, first) => {
      const clock = aClock();
      const times = Array.from({ length: 300 }, (_, index) => first + Math.round(index * frameMilliseconds));

      clock.observe(first, arrival);

      const slots = times.map((time) => Math.round(slot(clock.place(time))));
      expect(slots.map((each, index) => each - index)).toEqual(slots.map(() => slots[0]));
    }));
  });

  it('places a picture within half a frame of its arrival', () => {
    const clock = aClock();

    clock.observe(5000, 107);

    expect(Math.abs(clock.place(5000) - 107)).toBeLessThanOrEqual(frameMilliseconds / 2);
  });

  it('keeps its places while pictures are late for a moment', () => {
    const clock = aClock();
    for (let time = 0; time < 3000; time += 33) clock.observe(time, time + (time % 300));
    const before = clock.place(3000);

    clock.correct();

    expect(clock.place(3000)).toBe(before);
  });

  it('takes a first picture that was late back at once', () => {
    const clock = aClock();
    clock.observe(0, 150);
    for (let time = 33; time < 5500; time += 33) clock.observe(time, time + 10);

    clock.correct();

    expect(Math.abs(clock.place(3000) - 3010)).toBeLessThanOrEqual(frameMilliseconds / 2);
  });

  it('makes up for drift by one frame', () => {
    const clock = aClock();
    for (let time = 0; time < 5500; time += 33) clock.observe(time, time);
    const before = clock.place(0);
    for (let time = 5500; time < 11000; time += 33) clock.observe(time, time + 40);

    clock.correct();

    expect(clock.place(0) - before).toBeCloseTo(frameMilliseconds);
  });

  it('follows a stream that has become late for good', () => {
    const clock = aClock();
    for (let time = 0; time < 5500; time += 33) clock.observe(time, time);
    for (let time = 5500; time < 11000; time += 33) clock.observe(time, time + 900);

    clock.correct();

    expect(Math.abs(clock.place(0) - 900)).toBeLessThanOrEqual(frameMilliseconds / 2);
  });

  it.each([['forward', 500_000], ['back', -40_000]])('begins anew when the stream\'s own time jumps %s', (_, jump) => {
    const clock = aClock();
    clock.observe(100_000, 0);

    const isAnew = clock.observe(100_000 + jump, 40);

    expect(isAnew).toBe(true);
    expect(Math.abs(clock.place(100_000 + jump) - 40)).toBeLessThanOrEqual(frameMilliseconds / 2);
  });
});
