import { inventoryWorld, recordedIn } from '../../../../support/usage/inventory-world.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import type { Mishap } from '../../../../support/usage/memory-usage-store.ts';
import { aRecording, aStoppedBreakout } from '../../../../support/usage/a-show.ts';

const at = (time: string): number => Date.parse(time);
const gigabytes = (count: number): bigint => BigInt(count) << 30n;

const film = { key: `${recordedIn}mp4/show.mp4`, bytes: gigabytes(30), storedAt: at('2026-11-23T11:10:00Z') };
const filmHeld = { storedAt: film.storedAt, bytes: film.bytes, objects: 1 };
const archived = { key: 'pl_main/archive-20261123T100030_000000.ts', bytes: gigabytes(3), storedAt: at('2026-11-23T11:00:30Z') };
const archiveHeld = { storedAt: archived.storedAt, bytes: archived.bytes, objects: 1 };

/** A show whose buckets hold what is known. */
const known = async () => {
  const world = await inventoryWorld({ archive: [archiveHeld], recordings: [filmHeld] });
  world.buckets.archive = [archived];
  world.buckets.recordings = [film];
  return world;
};

const held = async ({ lines }: Awaited<ReturnType<typeof known>>, month: string, key: string) => (await lines(month)).find((line) => line.key === key);

describe('takeInventory', () => {
  it('changes nothing where all is known', async () => {
    const world = await known();
    const revision = world.holdings.holdings.get(itemIds.breakout)?.revision;

    const taken = await world.takeAt(at('2026-11-25T03:00:00Z'));

    expect(taken).toEqual([
      { place: 'archive', objects: 1, corrected: [], failed: [], strays: 0, strayBytes: 0n },
      { place: 'recordings', objects: 1, corrected: [], failed: [], strays: 0, strayBytes: 0n },
    ]);
    expect(world.holdings.holdings.get(itemIds.breakout)?.revision).toBe(revision);
    expect(await world.usage.head({ kind: 'PLATFORM', purpose: 'storage/archive' }, '2026-11')).toBeUndefined();
    expect(await world.usage.heads(itemIds.breakout)).toHaveLength(1);
  });

  it('charges a film that came late from when it was stored, and its write', async () => {
    const world = await known();
    world.buckets.recordings = [film, { key: `${recordedIn}mp4/late.mp4`, bytes: gigabytes(30), storedAt: at('2026-11-24T00:00:00Z') }];

    await world.takeAt(at('2026-11-25T00:00:00Z'));

    expect((await held(world, '2026-11', 'storage/recordings/held'))?.notes).toContain('1 of them were found when the bucket was listed (inventory)');
    // 30 GB for a day is one GB-month of November, and what was known has been there for 37 hours and 50 minutes.
    expect((await held(world, '2026-11', 'storage/recordings/held'))?.quantity?.amount).toBe(gigabytes(30) * BigInt(24 * 60 + 37 * 60 + 50 - 60 * 1) * 60_000n);
    expect(await held(world, '2026-11', 'storage/recordings/put-requests/inventory')).toMatchObject({ quantity: { amount: 1n } });
    expect((await world.heads())[0]).toMatchObject({ version: 2, accrual: 'OPEN' });
  });

  it('opens a month again that was closed', async () => {
    const world = await inventoryWorld({ archive: [{ ...archiveHeld, removedAt: at('2026-11-24T00:00:00Z') }] });
    await world.accrueAt(at('2026-11-24T01:00:00Z'));
    expect((await world.heads())[0]).toMatchObject({ accrual: 'CLOSED' });
    world.buckets.recordings = [{ ...film, storedAt: at('2026-11-24T12:00:00Z') }];

    await world.takeAt(at('2026-12-01T03:00:00Z'));

    expect((await world.heads()).map(({ month, status, accrual }) => [month, status, accrual])).toEqual([['2026-11', 'CORRECTED', 'OPEN'], ['2026-12', 'PROVISIONAL', 'OPEN']]);
    await world.accrueAt(at('2026-12-02T01:00:00Z'));
    expect((await world.heads())[0]).toMatchObject({ status: 'CORRECTED', accrual: 'CLOSED' });
    expect((await held(world, '2026-11', 'storage/recordings/held'))?.quantity?.amount).toBe(gigabytes(30) * BigInt(6.5 * 86_400_000));
  });

  it('ends what was deleted and nobody told', async () => {
    const world = await known();
    world.buckets.recordings = [];

    await world.takeAt(at('2026-11-24T11:10:00Z'));

    expect(await held(world, '2026-11', 'storage/recordings/held')).toMatchObject({ nanoUsd: 23_000_000n, notes: [expect.any(String), '1 of them had gone when the bucket was listed (inventory)'] });
    expect((await world.heads())[0]).toMatchObject({ totals: { storageOpenBytes: gigabytes(3) } });
  });

  it('is repeatable, also by whoever died in between', async () => {
    const mishaps: Mishap[] = [];
    const world = await inventoryWorld({ recordings: [filmHeld] }, () => mishaps.shift() ?? 'none');
    world.buckets.recordings = [film];
    await world.takeAt(at('2026-11-24T03:00:00Z'));
    world.buckets.recordings = [];
    mishaps.push('lost-before');

    expect((await world.takeAt(at('2026-11-24T11:10:00Z')))[1]).toMatchObject({ failed: [{ what: itemIds.breakout }] });
    await world.accrueAt(at('2026-11-24T12:00:00Z'));
    const after = await world.heads();
    await world.takeAt(at('2026-11-25T03:00:00Z'));

    expect(after[0]).toMatchObject({ totals: { storageNanoUsd: 23_000_000n, storageOpenBytes: 0n } });
    expect(await world.heads()).toEqual(after);
  });

  it('books what nobody holds as the platform’s, by day', async () => {
    const world = await known();
    world.buckets.recordings = [film, { key: `acc_x/evt_x/bko_nobody/film.mp4`, bytes: gigabytes(20), storedAt: film.storedAt }, { key: 'notes.txt', bytes: gigabytes(10), storedAt: film.storedAt }];
    world.buckets.archive = [archived, { ...archived, key: 'pl_main/archive-20261101T100030_000000.ts' }];

    await world.takeAt(at('2026-11-25T03:00:00Z'));
    const [, recordings] = await world.takeAt(at('2026-11-25T04:00:00Z'));

    expect(recordings).toMatchObject({ strays: 2, strayBytes: gigabytes(30) });
    const head = await world.usage.head({ kind: 'PLATFORM', purpose: 'storage/recordings' }, '2026-11');
    expect(head).toMatchObject({ version: 1, status: 'PROVISIONAL', platformTotals: {}, totals: { storageNanoUsd: 23_000_000n, storageBytesHeld: gigabytes(30) } });
    expect(await world.usage.head({ kind: 'PLATFORM', purpose: 'storage/archive' }, '2026-11')).toMatchObject({ totals: { storageBytesHeld: gigabytes(3) } });
  });

  it('makes final what nobody held when the month is over', async () => {
    const world = await known();
    world.buckets.archive = [archived, { ...archived, key: 'pl_main/archive-20261101T100030_000000.ts' }];
    await world.takeAt(at('2026-11-30T03:00:00Z'));

    await world.takeAt(at('2026-12-01T03:00:00Z'));

    const statusOf = async (month: string) => (await world.usage.head({ kind: 'PLATFORM', purpose: 'storage/archive' }, month))?.status;
    expect([await statusOf('2026-11'), await statusOf('2026-12')]).toEqual(['FINAL', 'PROVISIONAL']);
  });

  it('leaves a show that is not settled to its own measurement', async () => {
    const world = await known();
    world.breakouts.set('bko_on', aStoppedBreakout({ breakoutId: 'bko_on' }));
    world.buckets.recordings = [film, { ...film, key: 'acc_x/evt_x/bko_on/film.mp4' }];

    expect((await world.takeAt(at('2026-11-25T03:00:00Z')))[1]).toMatchObject({ strays: 0, corrected: [] });
  });

  it('gives what an interrupted deletion left to the platform, not to who deleted it', async () => {
    const world = await known();
    world.state.recording = aRecording({ status: 'DELETED', deleted: { at: '2026-11-24T11:10:00.000Z', stored: [filmHeld] } });

    expect((await world.takeAt(at('2026-11-25T03:00:00Z')))[1]).toMatchObject({ strays: 1, strayBytes: film.bytes });
  });
});
