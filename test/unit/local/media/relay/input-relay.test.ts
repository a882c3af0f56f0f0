import type { FailoverSettings } from '../../../../../local/media/relay/failover-settings.ts';
import type { RelayEvent } from '../../../../../local/media/relay/relay-event.ts';
import { startFakeRelay, type FakeRelay } from '../../../../support/media/relay/fake-relay.ts';
import { frame, keyFrame, videoConfiguration } from '../../../../support/media/relay/stream-tags.ts';
import { settled } from '../../../../support/manual-clock.ts';

const preferred: FailoverSettings = { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 5000, inputLossMilliseconds: 3000 };
const equal: FailoverSettings = { ...preferred, preference: 'EQUAL_INPUT_PREFERENCE' };
const changesIn = (events: readonly RelayEvent[]): string[] => events.flatMap((event) => (event.kind === 'ACTIVE_INPUT_CHANGED' ? [`${event.input} ${event.reason}`] : []));
const kindsIn = (events: readonly RelayEvent[]): string[] => events.map(({ kind }) => kind);

let world: FakeRelay;
const start = (...options: Parameters<typeof startFakeRelay>): FakeRelay => {
  world = startFakeRelay(...options);
  return world;
};
afterEach(() => world.relay.kill());

describe('a relay of two inputs', () => {
  it('encodes the primary from its first key frame on', async () => {
    const { relay, encoders, publish, advance } = start({ failover: preferred });
    await advance(200);

    publish('primary');
    publish('backup');
    await advance(400);

    expect(relay.activeInput).toBe('primary');
    expect(encoders.map(({ startMilliseconds }) => startMilliseconds)).toEqual([0]);
  });

  it('changes over at once when the publisher leaves', async () => {
    const { relay, events, publish, advance } = start({ failover: preferred });
    const primary = publish('primary');
    publish('backup');
    await advance(2000);

    primary.leave();

    expect(relay.activeInput).toBe('backup');
    expect(kindsIn(events)).toEqual(['INPUT_ACQUIRED', 'INPUT_ACQUIRED', 'INPUT_LOST', 'ACTIVE_INPUT_CHANGED']);
  });

  it('changes over when a publisher stalls for the threshold, and fills nothing', async () => {
    const { relay, events, publish, advance } = start({ failover: preferred });
    const primary = publish('primary');
    publish('backup');
    await advance(2000);

    primary.isSending = false;
    await advance(2960);
    const before = relay.activeInput;
    await advance(120);

    expect([before, relay.activeInput]).toEqual(['primary', 'backup']);
    expect(kindsIn(events)).not.toContain('FILL_BEGAN');
  });

  it('goes on where the stalled publisher stopped', async () => {
    const { encoders, publish, advance } = start({ failover: preferred });
    const primary = publish('primary');
    publish('backup');
    await advance(2000);
    primary.isSending = false;
    await advance(1000);
    const written = encoders[0]!.written.length;

    await advance(2200);

    const times = encoders[0]!.written.slice(written).filter((bytes) => bytes[0] === 9 && bytes[12] === 1).map((bytes) => bytes.readUIntBE(4, 3) - 30_000);
    expect(times.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, index) => 2000 + index * 40));
  });

  it('goes back to a preferred primary after the clear time', async () => {
    const { relay, events, publish, advance } = start({ failover: preferred });
    publish('primary').leave();
    publish('backup');
    await advance(1000);
    publish('primary');

    await advance(4800);
    const before = relay.activeInput;
    await advance(400);

    expect([before, relay.activeInput]).toEqual(['backup', 'primary']);
    expect(changesIn(events)).toEqual(['backup FAILOVER', 'primary FAIL_BACK']);
  });

  it('stays with the backup where both are equal', async () => {
    const { relay, publish, advance } = start({ failover: equal });
    publish('primary').leave();
    publish('backup');
    await advance(200);
    publish('primary');

    await advance(8000);

    expect(relay.activeInput).toBe('backup');
  });

  it('gives a primary that has not come yet the time of a loss', async () => {
    const { relay, publish, advance } = start({ failover: preferred });
    publish('backup');

    await advance(2800);
    const before = relay.activeInput;
    await advance(400);

    expect([before, relay.activeInput]).toEqual(['primary', 'backup']);
  });

  it('changes by hand only without failover', async () => {
    const { relay, events, publish, advance } = start();
    const primary = publish('primary');
    publish('backup');
    await advance(1000);
    primary.leave();
    await advance(400);
    const before = relay.activeInput;

    relay.switchTo('backup');

    expect([before, relay.activeInput]).toEqual(['primary', 'backup']);
    expect(changesIn(events)).toEqual(['backup SCHEDULE']);
  });

  it('tells the decoder when the other input is configured differently', async () => {
    const { relay, encoders, publish, advance } = start({ failover: equal });
    publish('primary');
    publish('backup', 2);
    await advance(1000);

    relay.switchTo('backup');
    await advance(80);

    const configurations = encoders[0]!.written.filter((bytes) => bytes[0] === 9 && bytes[12] === 0).map((bytes) => bytes[16]);
    expect(configurations).toEqual([1, 2]);
  });

  it('begins to fill when nobody is left, and ends with the next key frame', async () => {
    const { relay, events, publish, advance } = start({ failover: equal });
    const [primary, backup] = [publish('primary'), publish('backup')];
    await advance(1000);
    primary.leave();
    backup.leave();
    await advance(2000);
    const filled = relay.fillMilliseconds;

    publish('backup');
    await advance(80);

    expect(filled).toBeGreaterThanOrEqual(1960);
    expect(relay.fillMilliseconds).toBe(0);
    expect(kindsIn(events).filter((kind) => kind.startsWith('FILL'))).toEqual(['FILL_BEGAN', 'FILL_ENDED']);
  });

  it('judges nobody when it stood still itself', async () => {
    const { relay, clock, publish, advance } = start({ failover: preferred });
    publish('primary');
    publish('backup');
    await advance(1000);

    Object.assign(clock, { now: ((now) => () => now + 4000)(clock.now()) });
    await advance(40);

    expect(relay.activeInput).toBe('primary');
  });

  it('counts what comes in', async () => {
    const { relay, publish, advance } = start({ failover: preferred });
    publish('primary');

    await advance(2000);

    expect(relay.inputs).toMatchObject([
      { name: 'primary', isPublishing: true, hasHadInput: true, pictures: 51, framesPerSecond: 25, lastPictureAt: 2000, isBlack: false },
      { name: 'backup', isPublishing: false, hasHadInput: false, pictures: 0, framesPerSecond: 0, lastPictureAt: undefined },
    ]);
  });

  it('sends a stream away that is not H.264', () => {
    const { relay, events, publish } = start();
    const primary = publish('primary');

    relay.sink('primary').write({ kind: 'video', timestamp: 0, data: Buffer.from([0x12, 0]) });

    expect(primary.disconnections).toHaveLength(1);
    expect(kindsIn(events)).toContain('INPUT_UNSUPPORTED');
  });

  it('lets a publisher wait that is ahead of time', async () => {
    const { relay, advance, events } = start();
    let resumed = 0;
    const sink = relay.sink('primary');
    sink.begin({ remoteAddress: '127.0.0.1', resume: () => { resumed += 1; }, disconnect: () => sink.end() });
    sink.write(videoConfiguration());
    sink.write(keyFrame(0));

    const taken = sink.write(frame(1500));
    await advance(1200);

    expect([taken, resumed]).toEqual([false, 1]);
    expect(kindsIn(events)).not.toContain('INPUT_LOST');
  });

  it('starts the encode anew after a crash, on the same timeline', async () => {
    const { encoders, events, publish, advance } = start();
    publish('primary');
    await advance(5000);

    encoders[0]!.end(1);
    await settled();
    await advance(960);
    const early = encoders.length;
    await advance(200);

    expect(early).toBe(1);
    expect(encoders.map(({ startMilliseconds }) => startMilliseconds)).toEqual([0, 6000]);
    expect(kindsIn(events)).toContain('ENCODER_CRASHED');
  });

  it('sends publishers away when it stops, and flushes', async () => {
    const { relay, encoders, publish, advance } = start({ failover: preferred });
    const [primary, backup] = [publish('primary'), publish('backup')];
    await advance(1000);

    await relay.stop();

    expect([primary.disconnections, backup.disconnections]).toEqual([['the channel stops'], ['the channel stops']]);
    // Nobody ended it: it is killed when the flush takes too long.
    expect(encoders[0]).toMatchObject({ isFinished: true, isKilled: true });
  });

  it('rejects names that are no inputs', () => {
    const { relay } = start();

    expect(() => relay.sink('third')).toThrow('there is no input "third": known are primary, backup');
    expect(() => relay.switchTo('third')).toThrow(RangeError);
    expect(() => startFakeRelay({ inputs: [] })).toThrow('a relay has one or two inputs, got 0');
  });
});
