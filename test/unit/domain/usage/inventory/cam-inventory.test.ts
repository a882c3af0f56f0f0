import { aCamRun } from '../../../../support/shows/a-cam-plan.ts';
import { aRecording, aStoppedBreakout } from '../../../../support/usage/a-show.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import { inventoryWorld, recordedIn } from '../../../../support/usage/inventory-world.ts';

const at = (time: string): number => Date.parse(time);
const gigabytes = (count: number): bigint => BigInt(count) << 30n;

const folder = 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/1/aBcDeFgHiJkL/';
const inPlace = [{ folder, durationMilliseconds: 1_800_000, renditions: [] }];
const segment = { key: `${folder}media/hls/720p30/0.ts`, bytes: gigabytes(30), storedAt: at('2026-11-23T10:20:30Z') };
const film = { key: `${recordedIn}mp4/show.mp4`, bytes: gigabytes(6), storedAt: at('2026-11-23T11:10:00Z') };
const held = [{ storedAt: at('2026-11-23T10:21:00Z'), bytes: segment.bytes, objects: 1 }, { storedAt: film.storedAt, bytes: film.bytes, objects: 1 }];

/** A settled Cam show with a film, of which all is known. */
const known = async () => {
  const world = await inventoryWorld({ recordings: held });
  world.buckets.recordings = [film, segment];
  world.state.recording = aRecording({ inPlace });
  return world;
};

const heldLine = async ({ lines }: Awaited<ReturnType<typeof known>>, month: string) => (await lines(month)).find(({ key }) => key === 'storage/recordings/held');

describe('an inventory of what IVS recorded', () => {
  it('changes nothing where all is known', async () => {
    const world = await known();

    const [, recordings] = await world.takeAt(at('2026-11-25T03:00:00Z'));

    expect(recordings).toEqual({ place: 'recordings', objects: 2, corrected: [], failed: [], strays: 0, strayBytes: 0n });
    expect(world.holdings.holdings.get(itemIds.breakout)?.revision).toBe(1);
  });

  it('charges a file that came late from the next whole minute on', async () => {
    const world = await known();
    world.buckets.recordings = [film, segment, { key: `${folder}media/hls/720p30/1.ts`, bytes: gigabytes(30), storedAt: at('2026-11-23T23:59:30Z') }];

    const [, recordings] = await world.takeAt(at('2026-11-25T00:00:00Z'));

    expect(recordings).toMatchObject({ corrected: [itemIds.breakout], strays: 0 });
    const line = await heldLine(world, '2026-11');
    expect(line?.notes).toContain('1 of them were found when the bucket was listed (inventory)');
    const minutes = (from: string): bigint => BigInt((at('2026-11-25T00:00:00Z') - at(from)) / 60_000);
    // What the show itself has held is counted from its end.
    expect(line?.quantity?.amount).toBe((gigabytes(36) * minutes('2026-11-23T11:10:00Z') + gigabytes(30) * (minutes('2026-11-24T00:00:00Z') + 49n)) * 60_000n);
  });

  it('ends what was deleted and nobody told, in either place', async () => {
    const world = await known();
    world.buckets.recordings = [film];
    await world.takeAt(at('2026-11-24T10:21:00Z'));
    world.buckets.recordings = [];

    await world.takeAt(at('2026-11-25T10:21:00Z'));

    expect((await world.heads())[0]?.totals).toMatchObject({ storageOpenBytes: 0n });
    expect((await heldLine(world, '2026-11'))?.notes.join()).toContain('had gone when the bucket was listed');
  });

  it('gives what nobody’s stream left to the platform, by its keys', async () => {
    const world = await known();
    const other = 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/24/9/0/zZzZzZzZzZzZ/';
    world.buckets.recordings = [film, segment, { key: `${other}media/hls/master.m3u8`, bytes: gigabytes(20), storedAt: at('2026-11-24T09:30:00Z') }, { key: 'ivs/v1/notes', bytes: gigabytes(10), storedAt: at('2026-11-24T09:30:00Z') }];

    const [, recordings] = await world.takeAt(at('2026-11-25T03:00:00Z'));

    expect(recordings).toMatchObject({ objects: 4, corrected: [], strays: 2, strayBytes: gigabytes(30) });
    expect(await world.usage.head({ kind: 'PLATFORM', purpose: 'storage/recordings' }, '2026-11')).toMatchObject({ totals: { storageBytesHeld: gigabytes(30) } });
  });

  it('gives what an interrupted deletion left to the platform, not to who deleted it', async () => {
    const world = await known();
    world.state.recording = aRecording({ inPlace, status: 'DELETED', deleted: { at: '2026-11-24T11:10:00.000Z', stored: held } });

    expect((await world.takeAt(at('2026-11-25T03:00:00Z')))[1]).toMatchObject({ strays: 2, strayBytes: gigabytes(36) });
  });

  it.each([
    ['is on', undefined, []],
    ['has ended and is not measured', '2026-11-24T20:00:00.000Z', []],
    ['is recorded and not measured', '2026-11-24T20:00:00.000Z', [{ ...inPlace[0]!, folder: 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/24/19/0/yYyYyYyYyYyY/' }]],
  ])('leaves a show that %s to its own measurement', async (_state, ended, places) => {
    const world = await known();
    const run = aCamRun({ breakoutId: 'bko_on', requestedAt: '2026-11-24T19:00:40.000Z', ...(ended === undefined ? {} : { ended: { at: ended, source: 'POLL' as const } }) });
    world.breakouts.set('bko_on', aStoppedBreakout({ breakoutId: 'bko_on' }));
    world.onCam([run]);
    if (places.length > 0) world.record(aRecording({ breakoutId: 'bko_on', inPlace: places }));
    world.buckets.recordings = [film, segment, { ...segment, key: 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/24/19/0/yYyYyYyYyYyY/media/hls/master.m3u8', storedAt: at('2026-11-24T19:30:00Z') }];

    expect((await world.takeAt(at('2026-11-25T03:00:00Z')))[1]).toMatchObject({ strays: 0, corrected: [], failed: [] });
  });

  it('tells the recordings of another channel and of before the show apart', async () => {
    const world = await known();
    world.breakouts.set('bko_on', aStoppedBreakout({ breakoutId: 'bko_on' }));
    world.onCam([aCamRun({ breakoutId: 'bko_on', requestedAt: '2026-11-24T19:00:40.000Z' })]);
    const keys = ['ivs/v1/123456789012/AbCdef1G2hij/2026/11/24/18/59/yYyYyYyYyYyY/a', 'ivs/v1/123456789012/otherChannel/2026/11/24/19/5/yYyYyYyYyYyY/a'];
    world.buckets.recordings = [film, segment, ...keys.map((key) => ({ key, bytes: gigabytes(1), storedAt: at('2026-11-24T19:30:00Z') }))];

    expect((await world.takeAt(at('2026-11-25T03:00:00Z')))[1]).toMatchObject({ strays: 2 });
  });
});
