import { dynamoDbPriceBookStore } from '../../../../lambda/adapters/dynamodb/price-book-store.ts';
import { dynamoDbRecordingStore } from '../../../../lambda/adapters/dynamodb/recording-store.ts';
import { dynamoDbTable, type Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../../../lambda/adapters/dynamodb/usage-store.ts';
import { bookProfile } from '../../../../lambda/domain/usage/book-profile.ts';
import { allMonths, type UsageStore } from '../../../../lambda/domain/usage/usage-store.ts';
import { aLineThatAdds, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { aRecording, aChannelRun } from '../../../support/usage/a-show.ts';
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

let count = 0;
/** A measurement of a breakout, event and account that no other test uses. */
const measured: typeof aMeasuredProfile = (overrides) => {
  count += 1;
  return aMeasuredProfile({ breakoutId: `bko_${count}`, eventId: `evt_${count}`, accountId: `acc_${count}`, ...overrides });
};

describe('the usage store', () => {
  it('rolls a profile up to breakout, event, account and platform', async () => {
    const huge = 10n ** 20n;
    const profile = measured({
      lines: [aLineThatAdds({ deliveryTotalBytes: huge, deliveryNanoUsd: 5n }, { key: 'a' }), aLineThatAdds({ deliveryUnattributedBytes: 7n }, { key: 'b', owner: 'PLATFORM' })],
    });

    await bookProfile(usage)(profile);

    const expected = { measures: { deliveryTotalBytes: huge, deliveryNanoUsd: 5n, provisionalProfiles: 1n }, asOf: profile.asOf };
    expect(await usage.breakoutUsage(profile.breakoutId, allMonths)).toEqual(expected);
    expect(await usage.breakoutUsage(profile.breakoutId, '2026-11')).toEqual(expected);
    expect(await usage.eventUsage(profile.eventId, '2026-11')).toEqual(expected);
    expect(await usage.accountUsage(profile.accountId, allMonths)).toEqual(expected);
    expect((await usage.platformUsage('2026-11')).measures).toEqual({ deliveryUnattributedBytes: 7n });
  });

  it('keeps the sums when many writers book at once', async () => {
    const first = measured();
    const profiles = Array.from({ length: 12 }, (_, index) =>
      aMeasuredProfile({
        breakoutId: `${first.breakoutId}-${index % 4}`,
        eventId: first.eventId,
        accountId: first.accountId,
        stage: index < 6 ? 'PROVISIONAL' : 'FINAL',
        lines: [aLineThatAdds({ packagingEgressBytes: BigInt(index + 1) })],
      }),
    );

    await Promise.all(profiles.map((profile) => bookProfile(usage)(profile)));

    const heads = (await Promise.all([0, 1, 2, 3].map((index) => usage.heads(`${first.breakoutId}-${index}`)))).flat();
    const sum = heads.reduce((total, { totals }) => total + (totals.packagingEgressBytes ?? 0n), 0n);
    expect((await usage.eventUsage(first.eventId, allMonths)).measures.packagingEgressBytes).toBe(sum);
    expect((await usage.accountUsage(first.accountId, '2026-11')).measures.packagingEgressBytes).toBe(sum);
    for (const head of heads) {
      const { items } = await usage.lines(head, { limit: 10 });
      expect(items[0]?.adds.packagingEgressBytes).toBe(head.totals.packagingEgressBytes);
    }
  });

  it('refuses to move a head that another version has taken', async () => {
    const profile = measured();
    const head = await bookProfile(usage)(profile);

    const move = { head: head!, series: [], difference: { packagingIngressBytes: 1n }, platformDifference: {} };

    expect(await usage.move(move)).toBe(false);
    expect((await usage.eventUsage(profile.eventId, allMonths)).measures.packagingIngressBytes).toBe(1000n);
  });

  it('pages through the lines of the version that counts', async () => {
    const lines = streamingLines({ run: aChannelRun(), from: 0, to: 3_600_000 }, 'us-east-1', aPriceBook());
    const head = await bookProfile(usage)(measured({ lines }));

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
    const recording = aRecording({ breakoutId: 'bko_recorded', files: [{ key: 'a.mp4', bytes: 1n << 55n }] });

    await recordings.save(recording);

    expect(await recordings.get('bko_recorded')).toEqual(recording);
    expect(await recordings.get('bko_unknown')).toBeUndefined();
  });

  it('notes the job of a recording that does not know it, of the same attempt only', async () => {
    const recordings = dynamoDbRecordingStore(table);
    const { jobId: _jobId, ...submitted } = aRecording({ breakoutId: 'bko_noted', status: 'PROCESSING', attempt: 2 });
    await recordings.save(submitted);

    await recordings.noteJob({ breakoutId: 'bko_noted', attempt: 1 }, 'old');
    await recordings.noteJob({ breakoutId: 'bko_noted', attempt: 2 }, 'job');
    await recordings.noteJob({ breakoutId: 'bko_noted', attempt: 2 }, 'other');
    await recordings.noteJob({ breakoutId: 'bko_unknown', attempt: 1 }, 'job');

    expect(await recordings.get('bko_noted')).toEqual({ ...submitted, jobId: 'job' });
    expect(await recordings.get('bko_unknown')).toBeUndefined();
  });
});
