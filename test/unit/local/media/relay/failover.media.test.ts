import type { FlvTag } from '../../../../../local/media/flv/flv-tag.ts';
import type { FailoverSettings } from '../../../../../local/media/relay/failover-settings.ts';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { numberedTags } from '../../../../support/media/relay/numbered-source.ts';
import { publishPaced } from '../../../../support/media/relay/paced-publisher.ts';
import { smallRendition, startRelayRig, type ProgramReading, type RelayRig } from '../../../../support/media/relay/relay-rig.ts';

const failover: FailoverSettings = { preference: 'PRIMARY_INPUT_PREFERRED', errorClearMilliseconds: 300, inputLossMilliseconds: 400 };
const frameMilliseconds = 1000 / 30;
const soundMilliseconds = 1024 / 48;
const seconds = 10;
const stereo = { samplesPerSecond: 48_000, channels: 2 } as const;

let usual: readonly FlvTag[];
let rig: RelayRig;
beforeAll(async () => {
  usual = await numberedTags({ seconds, sound: stereo });
}, 30_000);
afterEach(() => rig.close());

/** The largest step from one to the next. */
const largestStep = (values: readonly number[]): number => Math.max(...values.slice(1).map((value, index) => value - values[index]!));
/** How many numbers are missing. Two encoders' clocks are known to half a frame each: one step of one picture may lie between them. */
const missingFrom = (numbers: readonly number[]): number => numbers.slice(1).reduce((missing, number, index) => missing + Math.max(0, number - numbers[index]! - 1), 0);
/** What was encoded before the stream was cut off: its last pictures miss those that come before them. */
const heldBack = 4;

const expectNoGap = ({ pictureTimes, soundTimes }: ProgramReading): void => {
  expect(largestStep(pictureTimes)).toBeLessThan(frameMilliseconds + 1);
  expect(largestStep(soundTimes) - soundMilliseconds).toBeLessThan(50);
};

const startPair = (primary: readonly FlvTag[], backup: readonly FlvTag[]) => {
  const since = rig.origin + 100;
  return { since, primary: publishPaced(rig.relay.sink('primary'), primary, since), backup: publishPaced(rig.relay.sink('backup'), backup, since) };
};
const at = async (milliseconds: number): Promise<void> => rig.until(`${milliseconds} ms of the run`, () => Date.now() - rig.origin >= milliseconds);

describe('a failover on real media', () => {
  it('misses no picture when a publisher leaves and comes back', async () => {
    rig = startRelayRig({ failover });
    const { primary, since } = startPair(usual, usual);
    await at(2000);
    primary.leave();
    await at(2400);
    publishPaced(rig.relay.sink('primary'), usual, since);
    await rig.until('the primary to be on air', () => rig.events.some((event) => event.kind === 'ACTIVE_INPUT_CHANGED' && event.reason === 'FAIL_BACK'));
    await systemClock.sleep(500);

    const program = await rig.readOut();

    expectNoGap(program);
    expect(missingFrom(program.numbers.slice(45, -heldBack))).toBeLessThanOrEqual(1);
    const [lost, changed] = rig.events.filter(({ kind }) => kind === 'INPUT_LOST' || kind === 'ACTIVE_INPUT_CHANGED');
    expect(changed!.at - lost!.at).toBeLessThanOrEqual(50);
  }, 30_000);

  it('misses no picture when a publisher stalls', async () => {
    rig = startRelayRig({ failover });
    const { primary } = startPair(usual, usual);
    await at(2000);
    primary.stall();
    await rig.until('the backup to be on air', () => rig.relay.activeInput === 'backup');
    await systemClock.sleep(500);

    const program = await rig.readOut();

    expectNoGap(program);
    expect(missingFrom(program.numbers.slice(45, -heldBack))).toBeLessThanOrEqual(1);
    expect(rig.events.map(({ kind }) => kind)).not.toContain('FILL_BEGAN');
  }, 30_000);

  it.each([
    ['size, profile and sound', { size: '640x360', bFrames: 0, sound: { samplesPerSecond: 44_100, channels: 1 } }],
    ['frame rate, and has no sound', { size: '320x180', framesPerSecond: 25 }],
  ] as const)('goes on with an input that differs in %s', async (_, other) => {
    rig = startRelayRig({ failover });
    const { primary } = startPair(usual, await numberedTags({ seconds, ...other }));
    await at(2000);
    primary.leave();
    await at(2800);

    const program = await rig.readOut();

    expectNoGap(program);
    expect(rig.encoders).toHaveLength(1);
  }, 30_000);

  it('shows black, then the image, until an input comes', async () => {
    rig = startRelayRig({ lossBehaviour: { repeatFrameMilliseconds: 500, blackFrameMilliseconds: 500, image: { kind: 'COLOR', rgb: 'ffffff' } } });
    await at(1800);
    publishPaced(rig.relay.sink('primary'), usual, rig.origin);
    await at(2500);

    const program = await rig.readOut();

    expectNoGap(program);
    const shown = program.numbers.filter((number, index) => number !== program.numbers[index - 1]);
    expect(shown.slice(0, 2)).toEqual([0, 65_535]);
    expect(shown.at(-1)).toBeGreaterThan(50);
    expect(rig.events.map(({ kind }) => kind)).toEqual(['FILL_BEGAN', 'INPUT_ACQUIRED', 'FILL_ENDED']);
  }, 30_000);

  it('lays chunks of two encodes of one run on the same times', async () => {
    rig = startRelayRig({ renditions: [smallRendition], inputs: ['only'] });
    publishPaced(rig.relay.sink('only'), usual, rig.origin);
    await at(2700);
    rig.encoders[0]!.kill();
    await rig.until('a chunk of the second encode', () => rig.encoders.length === 2 && rig.chunks.length >= 2);

    await rig.readOut();

    expect(rig.chunks.map(({ startMilliseconds }) => startMilliseconds).slice(0, 2)).toEqual([0, 2000]);
    expect(rig.chunks[1]?.durationMilliseconds).toBe(2000);
  }, 30_000);
});
