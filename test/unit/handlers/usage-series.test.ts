import * as z from 'zod';
import { ownUsageLinesSchema, usagePointsSchema, usageSeriesSchema } from '../../../lambda/contract/api/usage-series.ts';
import { deliveryLines, deliverySeries } from '../../../lambda/domain/usage/meters/delivery-meter.ts';
import { heldSeries } from '../../../lambda/domain/usage/meters/held-series.ts';
import { onDemandLines, onDemandSeries } from '../../../lambda/domain/usage/meters/on-demand-meter.ts';
import { heldLines, storageLines } from '../../../lambda/domain/usage/meters/storage-meter.ts';
import { aBreakout, aCaller } from '../../support/shows/a-plan.ts';
import { aBreakoutOwner, aLine, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { aPriceBook } from '../../support/usage/a-price-book.ts';
import { itemIds } from '../../support/usage/ids.ts';
import { aMinuteSeries } from '../../support/usage/minute-series.ts';
import { usageApi } from '../../support/usage/usage-api.ts';

const { breakout: breakoutId, event: eventId, account: accountId } = itemIds;

/** Two hours of ingest, of which the raw minutes put 1 GB into the first hour and 3 GB into the second. */
const ingest = aLine({
  periodEnd: '2026-11-23T12:00:00.000Z',
  quantity: { amount: 4n << 30n, unit: 'bytes' },
  points: ['packaging/ingress'],
  nanoUsd: 120n,
  chargeNanoUsd: 240n,
  adds: { packagingIngressBytes: 4n << 30n, packagingNanoUsd: 120n, packagingChargeNanoUsd: 240n },
});
const series = [{ name: 'packaging/ingress', from: '2026-11-23T09:58:00.000Z', periodSeconds: 60, values: [5n, 5n, 1n << 30n, ...Array.from({ length: 89 }, () => null), 3n << 30n] }];
const running = aLine({ key: 'streaming/run-1/time', category: 'streaming', service: 'MediaLive', periodEnd: '2026-11-23T12:00:00.000Z', adds: { streamingRunMilliseconds: 7_200_000n } });
const sent = aLine({ key: 'delivery/attributed/EU/transfer', category: 'delivery', service: 'CloudFront', adds: { deliveryAttributedBytes: 1n << 30n, deliveryNanoUsd: 85n, deliveryChargeNanoUsd: 85n } });

const booked = async () => {
  const api = usageApi();
  await api.book(aMeasuredProfile({ lines: [ingest, running, sent], series }));
  return api;
};

describe('usage over time', () => {
  it('is spread by hours as the raw points lie, else by time', async () => {
    const { ask } = await booked();

    const body = z.strictObject(usageSeriesSchema.shape).parse(await ask('getBreakoutUsageSeries', { breakoutId }, { by: 'hour' }));

    expect(body.items.map(({ from, group, measured, usd }) => [from.slice(11, 13), group, measured?.amount, usd])).toEqual([
      ['10', 'delivery', '1', '0.000000085'],
      ['10', 'packaging', '1', '0.00000003'],
      ['10', 'streaming', '1', '0'],
      ['11', 'packaging', '3', '0.00000009'],
      ['11', 'streaming', '1', '0'],
    ]);
    expect(body).toMatchObject({ by: 'hour', of: 'category', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z', totalUsd: '0.000000205', totalChargeUsd: '0.000000325' });
  });

  it('puts logged traffic of each geography, and what is held, where its own points lie', async () => {
    const { ask, book } = usageApi();
    const [ten, twelve] = [Date.parse('2026-11-23T10:00:00Z'), Date.parse('2026-11-23T12:00:00Z')];
    const row = { minute: ten, breakoutId, kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests: 10n, bytes: 10n << 30n } as const;
    const rows = [row, { ...row, geography: 'EU' as const, minute: ten + 3_600_000 }];
    const none = aMinuteSeries({ from: ten, to: twelve });
    const delivery = { scope: '', breakoutId, distributionId: 'E2ABCDEFGH', window: { from: ten, to: twelve }, bytes: none, requests: none, rows, watermark: twelve };
    const watched = [{ ...row, kind: 'RECORDING', minute: ten }, { ...row, kind: 'RECORDING', minute: Date.parse('2026-11-29T20:00:00Z'), bytes: 9n << 30n }] as const;
    const held = { place: 'archive' as const, bucket: 'archive', stored: [{ storedAt: twelve, bytes: 720n << 30n, objects: 1 }], since: twelve, watermark: twelve + 7_200_000 };
    await book(aMeasuredProfile({
      lines: [...deliveryLines(delivery, 'us-east-1', aPriceBook()), ...onDemandLines({ month: '2026-11', rows: watched, watermark: twelve }, aPriceBook()), ...heldLines(held, '2026-11', 'us-east-1', aPriceBook())],
      series: [...deliverySeries(delivery), ...onDemandSeries(watched), ...heldSeries(held, '2026-11')],
    }));

    const days = await ask('getBreakoutUsageSeries', { breakoutId }, { by: 'day' });
    const hours = await ask('getBreakoutUsageSeries', { breakoutId }, { by: 'hour', of: 'geography', from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' });

    expect(days.items.filter(({ group }: { group: string }) => group === 'delivery').map(({ from, measured }: { from: string; measured: { amount: string } }) => [from.slice(8, 10), measured.amount])).toEqual([['23', '30'], ['29', '9']]);
    // 0.85 USD for 10 GB: of the show in one hour a geography, and of its recording at ten.
    expect(hours.items.map(({ from, group, usd }: { from: string; group: string | null; usd: string }) => [from.slice(11, 13), group, usd.slice(0, 4)])).toEqual([
      ['10', 'US', '1.70'], ['10', null, '0.00'], ['11', 'EU', '0.85'], ['11', null, '0.00'], ['12', null, '0.02'], ['13', null, '0.02'],
    ]);
  });

  it('is told apart by service and by geography, what is of no place too', async () => {
    const { ask } = await booked();

    const groups = async (of: string) => (await ask('getEventUsageSeries', { eventId }, { by: 'day', of })).items.map(({ group, usd }: { group: string | null; usd: string }) => [group, usd]);

    expect(await groups('service')).toEqual([['CloudFront', '0.000000085'], ['MediaLive', '0'], ['MediaPackage', '0.00000012']]);
    expect(await groups('geography')).toEqual([['EU', '0.000000085'], [null, '0.00000012']]);
  });

  it('is by month what the levels say, of all months unless told', async () => {
    const { ask, book } = await booked();
    await book(aMeasuredProfile({ month: '2026-10', lines: [aLine({ month: '2026-10' })] }));

    const body = usageSeriesSchema.parse(await ask('getAccountUsageSeries', { accountId }, { by: 'month' }));

    expect(body.items.map(({ from, group }) => [from.slice(0, 7), group])).toEqual([['2026-10', 'packaging'], ['2026-11', 'streaming'], ['2026-11', 'packaging'], ['2026-11', 'delivery']].sort((one, other) => (one.join() < other.join() ? -1 : 1)));
    expect(body).toMatchObject({ from: null, to: null });
  });

  it('is of the whole platform by month and category, which sums to what the platform used', async () => {
    const { ask, book } = await booked();
    await book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: itemIds.otherBreakout, accountId: 'acc_2', eventId: 'evt_2' }) }));

    const body = z.strictObject(usageSeriesSchema.shape).parse(await ask('getPlatformUsageSeries'));

    expect(body.items.map(({ from, group }) => [from.slice(0, 7), group])).toEqual([['2026-11', 'delivery'], ['2026-11', 'packaging'], ['2026-11', 'streaming']]);
    expect(body.totalUsd).toBe((await ask('getPlatformUsage')).totalUsd);
    await expect(ask('getPlatformUsageSeries', {}, { by: 'day' })).rejects.toThrow(/told of by month and category: ask an account/);
  });

  it('is cut to a range of whole steps', async () => {
    const { ask } = await booked();

    const { items } = await ask('getAccountUsageSeries', { accountId }, { by: 'hour', from: '2026-11-23T11:30:00Z', to: '2026-11-23T11:40:00Z' });

    expect(items.map(({ from, group }: { from: string; group: string }) => [from, group])).toEqual([['2026-11-23T11:00:00.000Z', 'packaging'], ['2026-11-23T11:00:00.000Z', 'streaming']]);
  });

  it.each([
    ['a month in the future', { month: '2027-01' }, /month 2027-01 has not begun/],
    ['a range that ends before it begins', { from: '2026-11-23T11:00:00Z', to: '2026-11-23T10:00:00Z' }, /is not after from/],
    ['a range in the future', { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' }, /nothing can have been used since/],
    ['half a range', { to: '2026-11-25T00:00:00Z' }, /from is missing: a range has both ends/],
    ['a month and a range', { month: '2026-11', from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }, /expected the one or the others/],
    ['too many hours', { by: 'hour', from: '2026-09-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }, /is 61 days after from, by=hour allows up to 31: ask for less, or in longer steps/],
    ['a time that is none', { from: 'yesterday' }, /expected a time/],
    ['another step', { by: 'minute' }, /by/],
  ])('rejects %s', async (_, query, message) => {
    const { ask } = usageApi();

    await expect(ask('getAccountUsageSeries', { accountId }, query)).rejects.toThrow(message);
  });

  it('rejects more shows than one call reads, and says how to ask', async () => {
    const { ask, book, world } = usageApi();
    for (let show = 0; show <= 200; show += 1) {
      const id = `bko_${show}`;
      world.breakouts.set(id, aBreakout({ breakoutId: id, eventId, accountId }));
      await book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: id }) }));
    }

    await expect(ask('getAccountUsageSeries', { accountId }, { by: 'hour' })).rejects.toThrow('more than 200 shows with usage in 2026-11: ask by=month and of=category, or for one event or breakout');
    expect((await ask('getAccountUsageSeries', { accountId }, { by: 'month' })).items).toHaveLength(1);
    await expect(ask('getAccountUsageSeries', { accountId }, {}, aCaller())).rejects.toThrow(/there is no account/);
  });
});

describe('a line down to its raw points', () => {
  it('has the points of its own period, which sum to its quantity', async () => {
    const { ask } = await booked();

    const body = z.strictObject(usagePointsSchema.shape).parse(await ask('getBreakoutUsagePoints', { breakoutId }, { line: ingest.key }));

    expect(body).toMatchObject({ month: '2026-11', version: 1, line: { key: ingest.key, usd: '0.00000012' }, series: [{ name: 'packaging/ingress', from: '2026-11-23T10:00:00.000Z', sum: String(4n << 30n) }] });
    expect(body.line.points).toEqual(['packaging/ingress']);
    expect(body.series[0]?.values).toHaveLength(91);
    expect(body.series[0]?.values[1]).toBeNull();
  });

  it('has the intervals that bytes were held in, with their objects', async () => {
    const { ask, book } = usageApi();
    const storedAt = Date.parse('2026-11-23T10:00:00Z');
    const held = { place: 'archive' as const, bucket: 'archive', stored: [{ storedAt, bytes: 5n, objects: 2, removedAt: storedAt + 1000 }], since: storedAt, watermark: storedAt + 7_200_000 };
    await book(aMeasuredProfile({ lines: storageLines(held, 'us-east-1', aPriceBook()), series: heldSeries(held, '2026-11') }));

    const byteHours = z.strictObject(usagePointsSchema.shape).parse(await ask('getBreakoutUsagePoints', { breakoutId }, { line: 'storage/archive/held' }));
    const writes = await ask('getBreakoutUsagePoints', { breakoutId }, { line: 'storage/archive/put-requests' });

    const interval = { from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T10:00:01.000Z', amount: '5', unit: 'bytes', objects: 2 };
    expect(byteHours).toMatchObject({ line: { quantity: { amount: '5000' } }, series: [{ values: [], intervals: [interval], sum: '5000' }] });
    expect(writes).toMatchObject({ line: { quantity: { amount: '2' } }, series: [{ intervals: [interval], sum: '2' }] });
  });

  it('is also of an earlier version, and says when there is none', async () => {
    const { ask, book } = await booked();
    await book(aMeasuredProfile({ stage: 'FINAL', lines: [running] }));

    expect(await ask('getBreakoutUsagePoints', { breakoutId }, { line: ingest.key, version: '1', month: '2026-11' })).toMatchObject({ version: 1 });
    await expect(ask('getBreakoutUsagePoints', { breakoutId }, { line: ingest.key })).rejects.toThrow('has no line "packaging/ingress": its lines are at /usage/lines');
    await expect(ask('getBreakoutUsagePoints', { breakoutId }, {})).rejects.toThrow(/name a line/);
    expect(await ask('getBreakoutUsagePoints', { breakoutId }, { line: running.key })).toMatchObject({ version: 2, series: [] });
  });
});

describe('lines that no breakout caused', () => {
  it('are the account\'s own, and the platform\'s', async () => {
    const { ask, book } = usageApi();
    for (const purpose of ['minimum', 'tier-adjustment']) {
      await book({ owner: { kind: 'ACCOUNT', accountId, purpose }, month: '2026-11', stage: 'FINAL', series: [], asOf: '2026-11-23T11:00:00.000Z', lines: [aLine({ key: purpose, owner: 'ACCOUNT' })] });
    }
    await book({ owner: { kind: 'PLATFORM', purpose: 'pipeline/pl_main' }, month: '2026-11', stage: 'FINAL', series: [], asOf: '2026-11-23T11:00:00.000Z', lines: [aLine({ key: 'idle', owner: 'PLATFORM' })] });

    const first = z.strictObject(ownUsageLinesSchema.shape).parse(await ask('listAccountUsageLines', { accountId }, { limit: '1' }));
    const second = ownUsageLinesSchema.parse(await ask('listAccountUsageLines', { accountId }, { limit: '1', cursor: first.nextCursor! }));

    expect([...first.items, ...second.items].map(({ ownerId, key }) => [ownerId, key])).toEqual([[`${accountId}/minimum`, 'minimum'], [`${accountId}/tier-adjustment`, 'tier-adjustment']]);
    expect(second.nextCursor).toBeNull();
    expect((await ask('listPlatformUsageLines', {}, { month: '2026-11' })).items).toMatchObject([{ ownerId: 'platform/pipeline/pl_main', owner: 'PLATFORM' }]);
    expect((await ask('listPlatformUsageLines', {}, { month: '2026-10' })).items).toEqual([]);
  });

  it('are told down to their raw points, where the platform bears them', async () => {
    const { ask, book } = usageApi();
    const lines = [aLine({ key: 'idle', owner: 'PLATFORM', points: ['streaming/idle'], periodStart: '2026-11-22T00:00:00.000Z', periodEnd: '2026-11-24T00:00:00.000Z' })];
    await book({ owner: { kind: 'PLATFORM', purpose: 'pipeline/pl_main' }, month: '2026-11', stage: 'FINAL', series: [{ name: 'streaming/idle', from: '2026-11-22T00:00:00.000Z', periodSeconds: 86_400, values: [86_400_000n, 3_600_000n] }], asOf: '2026-11-23T11:00:00.000Z', lines });

    const body = z.strictObject(usagePointsSchema.shape).parse(await ask('getPlatformUsagePoints', {}, { ownerId: 'platform/pipeline/pl_main', line: 'idle' }));

    expect(body).toMatchObject({ month: '2026-11', version: 1, line: { key: 'idle' }, series: [{ name: 'streaming/idle', values: ['86400000', '3600000'], sum: '90000000' }] });
    await expect(ask('getPlatformUsagePoints', {}, { ownerId: 'platform/pipeline/pl_other', line: 'idle' })).rejects.toThrow('usage of platform/pipeline/pl_other in 2026-11 has no line "idle"');
    await expect(ask('getPlatformUsagePoints', {}, { ownerId: 'platform/pipeline/pl_main', line: 'busy' })).rejects.toThrow('has no line "busy"');
    await expect(ask('getPlatformUsagePoints', {}, { line: 'idle' })).rejects.toThrow(/ownerId of \/platform\/usage\/lines/);
  });
});
