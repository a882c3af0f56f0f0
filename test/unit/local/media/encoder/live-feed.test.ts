import { LiveFeed } from '../../../../../local/media/encoder/live-feed.ts';
import type { FlvTag } from '../../../../../local/media/flv/flv-tag.ts';
import type { Publisher } from '../../../../../local/media/rtmp/publishing.ts';
import { fakeEncoder, type FakeEncoder } from '../../../../support/media/fake-encoder.ts';
import { settled } from '../../../../support/manual-clock.ts';

const videoConfiguration = (version = 1): FlvTag => ({ kind: 'video', timestamp: 0, data: Buffer.from([0x17, 0, 0, 0, 0, version]) });
const audioConfiguration: FlvTag = { kind: 'audio', timestamp: 0, data: Buffer.from([0xaf, 0, 0x12]) };
const keyFrame = (timestamp: number): FlvTag => ({ kind: 'video', timestamp, data: Buffer.from([0x17, 1, 0, 0, 0]) });
const frame = (timestamp: number): FlvTag => ({ kind: 'video', timestamp, data: Buffer.from([0x27, 1, 0, 0, 0]) });
const sound = (timestamp: number): FlvTag => ({ kind: 'audio', timestamp, data: Buffer.from([0xaf, 1]) });
const timesOf = (encoder: FakeEncoder): number[] => encoder.written.slice(1).map((bytes) => bytes.readUIntBE(4, 3) + bytes.readUInt8(7) * 0x1000000);

const aFeed = () => {
  const world = { now: 0, encoders: [] as FakeEncoder[], crashes: [] as string[], unsupported: 0, disconnected: [] as string[], resumed: 0 };
  const feed = new LiveFeed({
    startEncoder: (hasAudio) => {
      const encoder = fakeEncoder(hasAudio);
      world.encoders.push(encoder);
      return encoder;
    },
    onCrash: ({ complaint }) => void world.crashes.push(complaint),
    onUnsupported: () => void (world.unsupported += 1),
    now: () => world.now,
    flushMilliseconds: 20,
  });
  const publisher: Publisher = { remoteAddress: '127.0.0.1', resume: () => void (world.resumed += 1), disconnect: (reason) => { world.disconnected.push(reason); feed.end(); } };
  const publish = (...tags: readonly FlvTag[]): void => {
    feed.begin(publisher);
    for (const tag of tags) feed.write(tag);
  };
  return { feed, world, publisher, publish };
};

describe('a live feed', () => {
  it('starts the encode at the first key frame, with the decoders\' configuration first', () => {
    const { world, publish } = aFeed();

    publish(videoConfiguration(), audioConfiguration, frame(10), keyFrame(40), sound(41));

    expect(world.encoders.map(({ hasAudio }) => hasAudio)).toEqual([true]);
    expect(timesOf(world.encoders[0]!)).toEqual([0, 0, 0, 1]);
  });

  it('encodes a stream without sound after a second of patience', () => {
    const { world, publish } = aFeed();

    publish(videoConfiguration(), keyFrame(0), frame(500));
    expect(world.encoders).toHaveLength(0);
    publish(videoConfiguration(), keyFrame(0), frame(1000));

    expect(world.encoders.map(({ hasAudio }) => hasAudio)).toEqual([false]);
  });

  it('continues one timeline when the same stream comes back, and counts the gap', () => {
    const { feed, world, publish } = aFeed();
    publish(videoConfiguration(), audioConfiguration, keyFrame(0), frame(33));
    world.now = 5000;
    feed.end();
    world.now = 9000;

    publish(videoConfiguration(), audioConfiguration, keyFrame(70_000), frame(70_033));

    expect(world.encoders).toHaveLength(1);
    expect(timesOf(world.encoders[0]!).slice(-4)).toEqual([0, 33, 66, 99]);
    expect(feed.gapMilliseconds).toBe(4000);
  });

  it('finishes one encode before the next when the configuration differs', async () => {
    const { feed, world, publish } = aFeed();
    publish(videoConfiguration(1), audioConfiguration, keyFrame(0));
    feed.end();

    publish(videoConfiguration(2), audioConfiguration, keyFrame(0), frame(33));
    feed.end();
    expect(world.encoders).toHaveLength(1);
    expect(world.encoders[0]?.isFinished).toBe(true);
    world.encoders[0]?.end();
    await settled();

    expect(world.encoders).toHaveLength(2);
    expect(timesOf(world.encoders[1]!)).toEqual([0, 0, 0, 33]);
  });

  it('starts anew at a key frame after a crash, not before its backoff', async () => {
    const { feed, world, publish } = aFeed();
    publish(videoConfiguration(), audioConfiguration, keyFrame(0));

    world.encoders[0]?.end(1);
    await settled();
    feed.write(keyFrame(100));
    expect(world.encoders).toHaveLength(1);
    world.now = 1000;
    feed.write(frame(1000));
    feed.write(keyFrame(1033));

    expect(world.crashes).toEqual(['it broke']);
    expect(world.encoders).toHaveLength(2);
  });

  it('waits for room once, however much was sent before the pause', () => {
    const { feed, world, publish } = aFeed();
    publish(videoConfiguration(), audioConfiguration, keyFrame(0));
    const encoder = world.encoders[0]!;
    encoder.hasRoom = false;

    const taken = [frame(33), frame(66), frame(99)].map((tag) => feed.write(tag));
    const { length } = encoder.waiting;
    encoder.waiting.shift()?.();

    expect(taken).toEqual([false, false, false]);
    expect([length, world.resumed]).toEqual([1, 1]);
  });

  it('sends a stream away that is not H.264', () => {
    const { world, publish } = aFeed();

    publish({ kind: 'video', timestamp: 0, data: Buffer.from([0x12, 0]) });

    expect(world.unsupported).toBe(1);
    expect(world.disconnected).toHaveLength(1);
  });

  it('kills an encode that does not flush in time', async () => {
    const { feed, world, publish } = aFeed();
    publish(videoConfiguration(), audioConfiguration, keyFrame(0));

    await feed.stop();

    expect(world.encoders[0]).toMatchObject({ isFinished: true, isKilled: true });
    expect(world.disconnected).toEqual(['the channel stops']);
  });
});
