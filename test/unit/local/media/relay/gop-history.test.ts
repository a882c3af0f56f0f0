import fc from 'fast-check';
import { GopHistory } from '../../../../../local/media/relay/gop-history.ts';
import { frame, keyFrame, sound } from '../../../../support/media/relay/stream-tags.ts';
import type { FlvTag } from '../../../../../local/media/flv/flv-tag.ts';

const configuration = { video: Buffer.alloc(0) };
const aHistory = (keepMilliseconds: number, ...tags: readonly FlvTag[]): GopHistory => {
  const history = new GopHistory(keepMilliseconds);
  for (const tag of tags) history.add({ tag, configuration });
  return history;
};
const timesSince = (history: GopHistory, time: number): number[] => history.since(time).map(({ tag }) => tag.timestamp);

describe('a history of groups of pictures', () => {
  it('begins with the first key frame', () => {
    const history = aHistory(0, frame(0), sound(5));

    expect(history.isEmpty).toBe(true);
    expect(timesSince(history, Infinity)).toEqual([]);
  });

  it('gives the last group that begins before a time, and all after it', () => {
    const history = aHistory(10_000, keyFrame(0), sound(10), keyFrame(1000), frame(1040), keyFrame(2000));

    expect(timesSince(history, 1999)).toEqual([1000, 1040, 2000]);
    expect(timesSince(history, Infinity)).toEqual([2000]);
  });

  it('gives the oldest group for a time before it', () => {
    const history = aHistory(10_000, keyFrame(500), keyFrame(1000));

    expect(timesSince(history, 100)).toEqual([500, 1000]);
  });

  it('keeps at least as much as it was told, and a group more at most', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 2, max: 60 }), fc.integer({ min: 61, max: 400 }), (keep, gop, count) => {
      const tags = Array.from({ length: count }, (_, index) => (index % gop === 0 ? keyFrame(index * 33) : frame(index * 33)));
      const newest = (count - 1) * 33;

      const [oldest = 0] = timesSince(aHistory(keep, ...tags), 0);

      expect(oldest).toBeLessThanOrEqual(Math.max(0, newest - keep));
      expect(newest - oldest).toBeLessThanOrEqual(Math.max(keep + gop * 33, gop * 33));
    }));
  });

  it('forgets a stream that never sends a key frame again', () => {
    const large: FlvTag = { ...frame(40), data: Buffer.concat([frame(40).data, Buffer.alloc(33_000_000)]) };

    expect(aHistory(0, keyFrame(0), large).isEmpty).toBe(true);
  });
});
