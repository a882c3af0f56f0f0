import { EncodeKeeper, type Parcel } from '../../../../../local/media/relay/encode-keeper.ts';
import { fakeEncoder, type FakeEncoder } from '../../../../support/media/fake-encoder.ts';
import { manualClock, settled } from '../../../../support/manual-clock.ts';

const aKeeper = () => {
  const clock = manualClock(0);
  const encoders: FakeEncoder[] = [];
  const told = { crashes: [] as string[], dropped: 0 };
  const keeper = new EncodeKeeper({
    clock, flushMilliseconds: 20,
    startEncoder: (start) => {
      const encoder = fakeEncoder(start);
      encoders.push(encoder);
      return encoder;
    },
    onCrash: ({ complaint }) => void told.crashes.push(complaint),
    onDropped: (frames) => void (told.dropped += frames),
  });
  return { keeper, clock, encoders, told };
};
const parcel = (at: number, content: Parcel['content'] = 'picture'): Parcel => ({ bytes: Buffer.from([at / 1000]), at, content });
const writtenTo = (encoder: FakeEncoder): number[] => encoder.written.map((bytes) => bytes[0] ?? -1);

describe('a keeper of encodes', () => {
  it('waits for room once and writes in order', () => {
    const { keeper, encoders } = aKeeper();
    keeper.start(0);
    encoders[0]!.hasRoom = false;

    for (const at of [1000, 2000, 3000]) keeper.write(parcel(at));
    encoders[0]!.hasRoom = true;
    encoders[0]!.waiting.shift()?.();

    expect(writtenTo(encoders[0]!)).toEqual([1, 2, 3]);
    expect(encoders[0]!.waiting).toHaveLength(0);
  });

  it('leaves pictures out when an encoder falls too far behind', () => {
    const { keeper, encoders, told } = aKeeper();
    keeper.start(0);
    encoders[0]!.hasRoom = false;
    keeper.write(parcel(0, 'key frame'));

    for (let at = 1000; at <= 9000; at += 1000) keeper.write(parcel(at));
    keeper.write(parcel(10_000, 'key frame'));
    keeper.write(parcel(11_000));
    encoders[0]!.hasRoom = true;
    encoders[0]!.waiting.shift()?.();

    expect(writtenTo(encoders[0]!)).toEqual([0, 10, 11]);
    expect([told.dropped, keeper.droppedFrames]).toEqual([9, 9]);
  });

  it('goes on with the next key frame where none waited', () => {
    const { keeper, encoders } = aKeeper();
    keeper.start(0);
    encoders[0]!.hasRoom = false;
    keeper.write(parcel(0, 'key frame'));
    for (let at = 1000; at <= 12_000; at += 1000) keeper.write(parcel(at));

    encoders[0]!.hasRoom = true;
    encoders[0]!.waiting.shift()?.();
    keeper.write(parcel(13_000));
    keeper.write(parcel(14_000, 'key frame'));

    expect(writtenTo(encoders[0]!)).toEqual([0, 14]);
  });

  it('waits longer after each crash, and forgives a long life', async () => {
    const { keeper, clock, encoders, told } = aKeeper();
    const crashedAfter = async (milliseconds: number): Promise<void> => {
      keeper.start(0);
      await clock.advance(milliseconds);
      encoders.at(-1)!.end(1);
      await settled();
    };
    const waits: number[] = [];
    for (const life of [10, 10, 61_000]) {
      await crashedAfter(life);
      for (waits.push(0); !keeper.canStart; waits.push(waits.pop()! + 500)) await clock.advance(500);
    }

    expect(waits).toEqual([1000, 2000, 1000]);
    expect(told.crashes).toHaveLength(3);
  });

  it('starts nothing once it has ended', async () => {
    const { keeper, encoders } = aKeeper();
    keeper.start(0);

    keeper.kill();
    await settled();

    expect(keeper.canStart).toBe(false);
    expect(encoders[0]!.isKilled).toBe(true);
  });
});
