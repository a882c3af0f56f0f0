import { dynamoDbPriceBookStore } from '../../../../lambda/adapters/dynamodb/price-book-store.ts';
import { dynamoDbRecordingShareStore } from '../../../../lambda/adapters/dynamodb/recording-share-store.ts';
import { dynamoDbRecordingStore } from '../../../../lambda/adapters/dynamodb/recording-store.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../../../lambda/adapters/dynamodb/usage-store.ts';
import { bookProfile } from '../../../support/usage/book-profile.ts';
import { allMonths, type UsageStore } from '../../../../lambda/domain/usage/usage-store.ts';
import { itemKey } from '../../../../lambda/contract/table-keys.ts';
import { describeUsageLedger } from '../../../support/contracts/usage-ledger-contract.ts';
import { aBreakoutOwner, aLine, aLineThatAdds, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { aChannelRun, aRecording, aRecordingJob } from '../../../support/usage/a-show.ts';
import { streamingLines } from '../../../../lambda/domain/usage/meters/streaming-meter.ts';
import { aPriceBook, aRate } from '../../../support/usage/a-price-book.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;
let table: Table;
let usage: UsageStore;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
  table = dynamoDbTable(tables.documents, 'shows');
  usage = dynamoDbUsageStore(table);
});

afterAll(() => tables.close());

const now = (): Date => new Date('2026-11-23T12:00:00.000Z');

let count = 0;
/** A measurement of a breakout, event and account that no other test uses. */
const measured: typeof aMeasuredProfile = (overrides) => {
  count += 1;
  return aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: `bko_${count}`, eventId: `evt_${count}`, accountId: `acc_${count}` }), ...overrides });
};

describe('the usage store', () => {
  it('rolls a profile up to breakout, event, account and platform', async () => {
    const huge = 10n ** 20n;
    const profile = measured({
      lines: [aLineThatAdds({ deliveryTotalBytes: huge, deliveryNanoUsd: 5n }, { key: 'a' }), aLineThatAdds({ deliveryUnattributedBytes: 7n }, { key: 'b', owner: 'PLATFORM' })],
    });

    await bookProfile({ usage, now })(profile);

    const expected = { measures: { deliveryTotalBytes: huge, deliveryNanoUsd: 5n, provisionalProfiles: 1n }, asOf: profile.asOf };
    expect(await usage.breakoutUsage(profile.owner.breakoutId, allMonths)).toEqual(expected);
    expect(await usage.breakoutUsage(profile.owner.breakoutId, '2026-11')).toEqual(expected);
    expect(await usage.eventUsage(profile.owner.eventId, '2026-11')).toEqual(expected);
    expect(await usage.accountUsage(profile.owner.accountId, allMonths)).toEqual(expected);
    expect((await usage.overheads('2026-11')).measures).toEqual({ deliveryUnattributedBytes: 7n });
    expect((await usage.platformUsage('2026-11')).measures).toEqual({ ...expected.measures, deliveryUnattributedBytes: 7n });
  });

  it('keeps the sums when many writers book at once', async () => {
    const first = measured();
    const profiles = Array.from({ length: 12 }, (_, index) =>
      aMeasuredProfile({
        owner: { ...first.owner, breakoutId: `${first.owner.breakoutId}-${index % 4}` },
        stage: index < 6 ? 'PROVISIONAL' : 'FINAL',
        lines: [aLineThatAdds({ packagingEgressBytes: BigInt(index + 1) })],
      }),
    );

    await Promise.all(profiles.map((profile) => bookProfile({ usage, now })(profile)));

    const heads = (await Promise.all([0, 1, 2, 3].map((index) => usage.heads(`${first.owner.breakoutId}-${index}`)))).flat();
    const sum = heads.reduce((total, { totals }) => total + (totals.packagingEgressBytes ?? 0n), 0n);
    expect((await usage.eventUsage(first.owner.eventId, allMonths)).measures.packagingEgressBytes).toBe(sum);
    expect((await usage.accountUsage(first.owner.accountId, '2026-11')).measures.packagingEgressBytes).toBe(sum);
    for (const head of heads) {
      const { items } = await usage.lines(head, { limit: 10 });
      expect(items[0]?.adds.packagingEgressBytes).toBe(head.totals.packagingEgressBytes);
    }
  });

  it('refuses to move a head that another version has taken', async () => {
    const profile = measured();
    const head = await bookProfile({ usage, now })(profile);

    const move = { head: head!, series: [], difference: { packagingIngressBytes: 1n }, platformDifference: {}, meteredDifference: {}, platformMeteredDifference: {}, bookedAt: now().toISOString(), billingMonth: '2026-11' };

    expect(await usage.move(move)).toBe(false);
    expect((await usage.eventUsage(profile.owner.eventId, allMonths)).measures.packagingIngressBytes).toBe(1000n);
  });

  it('books lines that an account and the platform bear themselves', async () => {
    const { accountId } = measured().owner;
    const sku = { sku: 'A-1.b', base: 3n, perUnit: 60n };
    const own = { ...measured(), owner: { kind: 'ACCOUNT' as const, accountId, purpose: 'tier-adjustment' }, month: '2027-01', lines: [aLine({ owner: 'ACCOUNT', metered: sku, accrues: true, chargeNanoUsd: 4n, adds: { packagingNanoUsd: -4n } })] };
    const overhead = { ...own, owner: { kind: 'PLATFORM' as const, purpose: 'pipeline/p1' }, lines: [aLine({ owner: 'PLATFORM', metered: sku, adds: { packagingNanoUsd: 9n } })] };

    const head = await bookProfile({ usage, now })(own);
    await bookProfile({ usage, now })(overhead);

    expect([await usage.ownHeads(accountId, '2027-01'), (await usage.lines(head!, { limit: 9 })).items]).toEqual([[head], own.lines]);
    expect((await usage.ownHeads(undefined, '2027-01')).map(({ owner }) => owner)).toEqual([overhead.owner]);
    expect((await usage.accountUsage(accountId, allMonths)).measures).toMatchObject({ packagingNanoUsd: -4n });
    expect([(await usage.overheads('2027-01')).measures, (await usage.platformUsage('2027-01')).measures]).toMatchObject([{ packagingNanoUsd: 9n }, { packagingNanoUsd: 5n }]);
    expect([await usage.metered(accountId, '2027-01'), await usage.metered(undefined, '2027-01')]).toEqual([{ 'A-1.b/60': 3n }, { 'A-1.b/60': 6n }]);
  });

  it('counts the bookings of a month that own lines follow from, and how many they have followed', async () => {
    const month = '2027-02';
    const profile = { ...measured(), month, lines: [aLine({ month })] };
    await bookProfile({ usage, now })(profile);
    await bookProfile({ usage, now })({ ...profile, stage: 'FINAL' });
    await bookProfile({ usage, now })({ ...profile, owner: { kind: 'PLATFORM', purpose: 'tier-adjustment' }, lines: [aLine({ owner: 'PLATFORM', month })] });
    const ofMonth = async () => (await usage.ownLineMonths()).find((one) => one.month === month);

    expect(await ofMonth()).toEqual({ month, bookings: 2n });
    await usage.followed(month, 2n);
    await usage.followed('2020-01', 0n);

    expect(await ofMonth()).toEqual({ month, bookings: 2n, followed: 2n });
    expect((await usage.ownLineMonths()).map((one) => one.month)).toEqual(expect.arrayContaining(['2020-01', '2026-11', '2027-01', month]));
    expect((await usage.ownLineMonths())[0]).toEqual({ month: '2020-01', bookings: 0n, followed: 0n });
  });

  it('reads heads of the first shape', async () => {
    const head = (await bookProfile({ usage, now })(measured()))!;
    const { owner, settledFingerprint: _settled, metered: _metered, platformMetered: _platform, ...rest } = head;
    if (owner.kind !== 'BREAKOUT') throw new Error('expected a breakout');
    const { kind: _kind, ...ids } = owner;
    await table.put({ ...rest, ...ids, type: 'UsageHead', schemaVersion: 1, ...itemKey.usageHead(owner.breakoutId, head.month) });

    expect(await usage.head(owner, head.month)).toEqual({ ...head, settledFingerprint: head.fingerprint });
  });

  it('pages through the lines of the version that counts', async () => {
    const lines = streamingLines({ run: aChannelRun(), from: 0, to: 3_600_000 }, 'us-east-1', aPriceBook());
    const head = await bookProfile({ usage, now })(measured({ lines }));

    const first = await usage.lines(head!, { limit: 2 });
    const second = await usage.lines(head!, { limit: 2, after: first.next! });

    const byKey = [...lines].sort((a, b) => (a.key < b.key ? -1 : 1));
    expect([...first.items, ...second.items]).toEqual(byKey);
    expect(second.next).toBeUndefined();
  });

  it('answers nothing, not zero, where nothing is booked', async () => {
    expect(await usage.eventUsage('evt_none', allMonths)).toEqual({ measures: {} });
    expect(await usage.breakoutUsage('bko_none', '2026-11')).toEqual({ measures: {} });
  });
});

describe('the ledger in the table', () => {
  describeUsageLedger(() => usage);
});

describe('the price book store', () => {
  it('answers the newest book, and older ones by id', async () => {
    const books = dynamoDbPriceBookStore(table);
    const older = aPriceBook();
    const newer = aPriceBook({ bookId: 'us-east-1@2026-11-02T00:00:00.000Z', fetchedAt: '2026-11-02T00:00:00.000Z', rates: [aRate('AmazonS3', 'Requests-Tier1', 'Requests', '0.1')] });

    await books.add(older);
    await books.add(newer);

    const read = dynamoDbPriceBookStore(table);
    expect(await read.latest('us-east-1')).toEqual(newer);
    const byUsageType = (left: { usageType: string }, right: { usageType: string }): number => (left.usageType < right.usageType ? -1 : 1);
    const again = await read.get('us-east-1', older.bookId);
    expect([...(again?.rates ?? [])].sort(byUsageType)).toEqual([...older.rates].sort(byUsageType));
    expect(await read.latest('eu-west-3')).toBeUndefined();
  });

  it('keeps a book that is larger than an item', async () => {
    const books = dynamoDbPriceBookStore(table);
    const rates = Array.from({ length: 2_000 }, (_, index) => aRate('AWSElementalMediaLive', `EML1-EUC1-${index}`, 'Hrs', '1', { attributes: { description: 'x'.repeat(400) } }));

    await books.add(aPriceBook({ region: 'eu-central-1', bookId: 'eu-central-1@a', rates }));

    expect((await dynamoDbPriceBookStore(table).latest('eu-central-1'))?.rates).toHaveLength(2_000);
  });
});

describe('the recording store', () => {
  it('reads back what it keeps', async () => {
    const recordings = dynamoDbRecordingStore(table);
    const recording = aRecording({ breakoutId: 'bko_recorded', files: [{ format: 'MP4', part: 1, key: 'a.mp4', bytes: 1n << 55n, objects: 1 }] });

    await recordings.save(recording);

    expect(await recordings.get('bko_recorded')).toEqual(recording);
    expect(await recordings.get('bko_unknown')).toBeUndefined();
  });

  it('lists by event and by account, in pages', async () => {
    const recordings = dynamoDbRecordingStore(table);
    const account = { accountId: 'acc_listed' };
    const listed = ['evt_a bko_1', 'evt_a bko_2', 'evt_b bko_3'].map((ids) => ({ ...account, eventId: ids.split(' ')[0]!, breakoutId: ids.split(' ')[1]! }));
    for (const ids of listed) await recordings.save(aRecording(ids));

    const first = await recordings.listByAccount('acc_listed', { limit: 2 });
    const second = await recordings.listByAccount('acc_listed', { limit: 2, after: first.next! });
    const ofEvent = await recordings.listByEvent('acc_listed', 'evt_a', { limit: 5 });

    expect([first, second, ofEvent].map(({ items }) => items.map(({ breakoutId }) => breakoutId))).toEqual([['bko_1', 'bko_2'], ['bko_3'], ['bko_1', 'bko_2']]);
  });

  it('keeps shares by their secret until they are revoked', async () => {
    const shares = dynamoDbRecordingShareStore(table);
    const share = { shareId: 'shr_1', recordingId: 'rec_1', breakoutId: 'bko_shared', format: 'HLS' as const, isDownload: false, createdAt: '2026-11-24T09:00:00.000Z', createdBy: 'anna' };
    await shares.create(share, 'secret');

    expect(await shares.find('secret')).toEqual(share);
    expect(await shares.find('guess')).toBeUndefined();
    expect([await shares.revoke('bko_other', 'shr_1'), await shares.revoke('bko_shared', 'shr_1'), await shares.revoke('bko_shared', 'shr_1')]).toEqual([false, true, false]);
    expect(await shares.find('secret')).toBeUndefined();
  });

  it('keeps what was deleted', async () => {
    const recordings = dynamoDbRecordingStore(table);
    const deleted = aRecording({ breakoutId: 'bko_deleted', status: 'DELETED', deleted: { at: '2026-11-24T09:00:00.000Z', stored: [{ storedAt: 1, bytes: 1n << 55n, objects: 3 }] } });
    await recordings.save(deleted);

    expect(await recordings.get('bko_deleted')).toEqual(deleted);
  });

  it('reads recordings of the first shape', async () => {
    const { formats: _formats, jobs: _jobs, gaps: _gaps, overlaps: _overlaps, ...rest } = aRecording({ breakoutId: 'bko_old' });
    const { part: _part, tries: _tries, percentComplete: _percent, status: _status, ...job } = aRecordingJob();
    await table.put({ ...rest, ...job, files: [{ key: 'a.mp4', bytes: 1n }], type: 'Recording', schemaVersion: 1, ...itemKey.recording('bko_old') });

    expect(await dynamoDbRecordingStore(table).get('bko_old')).toMatchObject({ formats: ['MP4'], jobs: [{ jobId: job.jobId, status: 'COMPLETE', outputs: job.outputs }], files: [] });
  });
});
