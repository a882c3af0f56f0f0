import type { AudienceStore } from '../../../lambda/domain/audience/audience-store.ts';
import { noAudience, precisions, type Audience } from '../../../lambda/domain/audience/audience.ts';
import { countDistinct } from '../../../lambda/domain/audience/count-distinct.ts';
import { addHash, emptySketch, type Sketch } from '../../../lambda/domain/audience/sketch.ts';
import { someHashes } from '../usage/some-hashes.ts';

const sketchOf = (precision: number, first: number, count: number): Sketch => {
  const sketch = emptySketch(precision);
  for (const { high, low } of someHashes(first, count)) addHash(sketch, high, low);
  return sketch;
};

const anAudience = (first: number, count: number): Audience => ({
  ...noAudience(),
  live: sketchOf(precisions.viewers, first, count),
  families: { ...noAudience().families, device: new Map([['PHONE', sketchOf(precisions.family, first, count)]]) },
  peak: { sessions: count, at: 60_000 * count },
  watermark: first,
});

let levels = 0;
const aLevel = () => ({ kind: 'EVENT' as const, id: `evt_${(levels += 1)}` });

/** What every keeper of audiences does. */
export const describeAudienceStoreContract = (store: () => AudienceStore): void => {
  it('joins what is seen to what is kept', async () => {
    const level = aLevel();

    await store().join(level, '2026-11', anAudience(0, 5));
    await store().join(level, '2026-11', anAudience(3, 9));
    await store().join(level, '2026-11', anAudience(0, 5));

    const kept = await store().read(level, '2026-11');
    expect(kept).toMatchObject({ peak: { sessions: 9, at: 540_000 }, watermark: 3 });
    expect(countDistinct(kept!.live)).toBe(12);
    expect(countDistinct(kept!.families.device.get('PHONE')!)).toBe(12);
  });

  it('joins months when none is asked for', async () => {
    const level = aLevel();
    await store().join(level, '2026-10', anAudience(0, 5));
    await store().join(level, '2026-11', anAudience(4, 5));

    expect(countDistinct((await store().read(level))!.live)).toBe(9);
    expect(countDistinct((await store().read(level, '2026-10'))!.live)).toBe(5);
    expect(await store().read(level, '2026-12')).toBeUndefined();
  });

  it('loses nothing when many join at once', async () => {
    const level = aLevel();

    await Promise.all(Array.from({ length: 6 }, (_, index) => store().join(level, '2026-11', anAudience(index * 10, 10))));

    expect(countDistinct((await store().read(level, '2026-11'))!.live)).toBe(60);
  });

  it('answers the highest of the minutes joined', async () => {
    const level = aLevel();
    const minute = Date.parse('2026-11-23T10:29:00Z');
    const minutesOf = (first: number, count: number) => new Map([[minute, sketchOf(precisions.minute, first, count)], [minute + 60_000, sketchOf(precisions.minute, 0, 2)]]);

    expect(await store().joinMinutes(level, minutesOf(0, 4))).toEqual({ sessions: 4, at: minute });
    expect(await store().joinMinutes(level, minutesOf(2, 4))).toEqual({ sessions: 6, at: minute });
    expect(await store().joinMinutes(level, new Map())).toBeUndefined();
  });

  it('makes the key for addresses once', async () => {
    const [one, other] = await Promise.all([store().addressKey(), store().addressKey()]);

    expect(one).toHaveLength(32);
    expect([...other]).toEqual([...one]);
  });
};
