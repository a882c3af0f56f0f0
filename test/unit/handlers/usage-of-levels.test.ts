import * as z from 'zod';
import { breakoutUsageSchema, platformUsageSchema, usageChildrenSchema } from '../../../lambda/contract/api/usage.ts';
import { deliveryLines } from '../../../lambda/domain/usage/meters/delivery-meter.ts';
import { aBreakout, anEvent } from '../../support/shows/a-plan.ts';
import { aPriceBook } from '../../support/usage/a-price-book.ts';
import { aBreakoutOwner, aLine, aLineThatAdds, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { itemIds } from '../../support/usage/ids.ts';
import { aMinuteSeries } from '../../support/usage/minute-series.ts';
import { usageApi } from '../../support/usage/usage-api.ts';

const breakoutId = itemIds.breakout;
const line = (key: string, bytes: bigint, nanoUsd: bigint) => aLine({ key, quantity: { amount: bytes, unit: 'bytes' }, nanoUsd, chargeNanoUsd: 2n * nanoUsd, adds: { packagingIngressBytes: bytes, packagingNanoUsd: nanoUsd, packagingChargeNanoUsd: 2n * nanoUsd } });

describe('usage of children', () => {
  const festival = async (shows: number) => {
    const api = usageApi();
    for (let show = 0; show < shows; show += 1) {
      const id = `bko_${String(show).padStart(5, '0')}`;
      api.world.breakouts.set(id, aBreakout({ breakoutId: id, eventId: itemIds.event, accountId: itemIds.account, title: `Show ${show}` }));
      if (show < 8) await api.book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: id }), lines: [line('a', 1n, BigInt(show % 4))] }));
    }
    api.world.breakouts.delete(breakoutId);
    return api;
  };

  it('are ranked by charge over all pages, the elder first among equals', async () => {
    const { ask } = await festival(10);
    const ranked: [number | null, string, string][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: z.infer<typeof usageChildrenSchema> = z.strictObject(usageChildrenSchema.shape).parse(await ask('listEventUsageChildren', { eventId: itemIds.event }, { limit: '3', ...(cursor === '' ? {} : { cursor }) }));
      ranked.push(...page.items.map(({ rank, id, usage }): [number | null, string, string] => [rank, id.slice(-1), usage.totalChargeUsd]));
      cursor = page.nextCursor;
    }

    expect(ranked.map(([rank]) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(ranked.map(([, id]) => id).join('')).toBe('3726150489');
  });

  it('are ranked by what has accrued too, for all pages at the instant of the first', async () => {
    const { ask, book, world } = await festival(10);
    const [heldSince, perDay] = [BigInt(world.now - 3_600_000), 240n * 1_000n];
    const open = { storageOpenBytes: 1n, storageOpenByteMilliseconds: heldSince, storageOpenDailyChargePicoUsd: perDay, storageOpenDailyChargePicoUsdMilliseconds: perDay * heldSince };
    await book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: 'bko_00009' }), accrual: 'OPEN', lines: [aLineThatAdds(open, { key: 's', category: 'storage', accrues: true })] }));

    const first = usageChildrenSchema.parse(await ask('listEventUsageChildren', { eventId: itemIds.event }, { limit: '1' }));
    world.now += 86_400_000;
    const second = usageChildrenSchema.parse(await ask('listEventUsageChildren', { eventId: itemIds.event }, { limit: '1', cursor: first.nextCursor ?? '' }));

    // Ten nano-dollars an hour, of which six are the most that another show has been charged.
    expect([...first.items, ...second.items].map(({ id, rank }) => [id, rank])).toEqual([['bko_00009', 1], ['bko_00003', 2]]);
    expect(first.items[0]?.usage).toMatchObject({ totalChargeUsd: '0', accruing: { estimated: { chargeUsd: '0.00000001' } } });
  });

  it('are listed as they were created where that is asked for, and then any number of them', async () => {
    const { ask } = await festival(1001);

    await expect(ask('listEventUsageChildren', { eventId: itemIds.event })).rejects.toThrow(/ranks up to 1000 children, and this event has more: ask with order=created/);
    const page = usageChildrenSchema.parse(await ask('listEventUsageChildren', { eventId: itemIds.event }, { order: 'created', limit: '2' }));

    expect(page.items.map(({ id, rank }) => [id, rank])).toEqual([['bko_00000', null], ['bko_00001', null]]);
    await expect(ask('listEventUsageChildren', { eventId: itemIds.event }, { order: 'size' })).rejects.toThrow(/order/);
  });

  it('are events of an account and accounts of the platform', async () => {
    const { ask, world, book } = usageApi();
    world.events.set('evt_2', anEvent({ eventId: 'evt_2', accountId: itemIds.account, name: 'Second' }));
    await book(aMeasuredProfile({ owner: aBreakoutOwner({ eventId: 'evt_2' }), lines: [line('a', 1n, 5n)] }));

    expect((await ask('listAccountUsageChildren', { accountId: itemIds.account }, { period: '2026-11' })).items.map(({ name }: { name: string }) => name)).toEqual(['Second', 'Conference']);
    expect((await ask('listPlatformUsageChildren')).items).toMatchObject([{ id: itemIds.account, rank: 1, usage: { totalUsd: '0.000000005' } }]);
  });

  it('rejects a cursor of another order', async () => {
    const { ask } = await festival(3);
    const { nextCursor } = await ask('listEventUsageChildren', { eventId: itemIds.event }, { order: 'created', limit: '1' });

    await expect(ask('listEventUsageChildren', { eventId: itemIds.event }, { cursor: nextCursor })).rejects.toThrow(/is of another order/);
  });
});

describe('usage of the platform', () => {
  it('is that of all accounts and the overheads, with what there is counted', async () => {
    const { ask, book } = usageApi();
    await book(aMeasuredProfile({ lines: [line('a', 10n, 4n), aLineThatAdds({ deliveryUnattributedBytes: 7n, deliveryNanoUsd: 2n }, { key: 'b', category: 'delivery', owner: 'PLATFORM' })] }));

    const body = z.strictObject(platformUsageSchema.shape).parse(await ask('getPlatformUsage'));

    expect(body).toMatchObject({
      totalUsd: '0.000000006',
      accounts: { totalUsd: '0.000000004', categories: { delivery: null } },
      overheads: { totalUsd: '0.000000002', categories: { delivery: { unattributedBytes: '7' } } },
      counts: { accounts: 1, events: 1, breakouts: 1, pipelines: 1 },
      running: { shows: [] },
    });
  });
});

describe('delivery at every level', () => {
  it('is attributed, unlogged and unattributed bytes, which sum to what the edge counted, each once', async () => {
    const { ask, book } = usageApi();
    const period = { from: Date.parse('2026-11-23T10:00:00Z'), to: Date.parse('2026-11-23T10:05:00Z') };
    const row = { minute: period.from, breakoutId, kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests: 6n, bytes: 600n } as const;
    const rows = [row, { ...row, breakoutId: null, kind: null, requests: 2n, bytes: 150n }];
    const metrics = { bytes: aMinuteSeries(period, { 0: 1000n }), requests: aMinuteSeries(period, { 0: 10n }) };
    await book(aMeasuredProfile({ lines: deliveryLines({ scope: '', breakoutId, distributionId: 'E2ABCDEFGH', window: period, ...metrics, rows, watermark: period.to }, 'us-east-1', aPriceBook()) }));

    const platform = platformUsageSchema.parse(await ask('getPlatformUsage'));

    const borne = { edgeBytes: '850', attributedBytes: '600', unloggedBytes: '250', unattributedBytes: '0', bytes: '850', requests: '8', edgeRequests: '8' };
    expect(await ask('getBreakoutUsage', { breakoutId })).toMatchObject({ categories: { delivery: borne } });
    expect(await ask('getAccountUsage', { accountId: itemIds.account })).toMatchObject({ categories: { delivery: borne } });
    expect(platform.accounts.categories.delivery).toMatchObject(borne);
    expect(platform.overheads.categories.delivery).toMatchObject({ edgeBytes: '150', attributedBytes: '0', unloggedBytes: '0', unattributedBytes: '150', bytes: '150', requests: '2', edgeRequests: '2' });
    expect(platform.categories.delivery).toMatchObject({ edgeBytes: '1000', attributedBytes: '600', unloggedBytes: '250', unattributedBytes: '150', bytes: '1000', requests: '10', edgeRequests: '10' });
  });
});

describe('usage at a past moment', () => {
  it('is what was known then, at every level', async () => {
    const { ask, book, world } = usageApi();
    const at = '2026-11-23T12:00:00.500Z';
    await book(aMeasuredProfile({ lines: [line('a', 10n, 4n)] }));
    const then = await ask('getBreakoutUsage', { breakoutId });
    world.now += 60_000;
    await book(aMeasuredProfile({ stage: 'FINAL', asOf: '2026-11-23T12:01:00.000Z', lines: [line('a', 12n, 6n), line('c', 2n, 3n)] }));

    for (const [operation, params] of [['getBreakoutUsage', { breakoutId }], ['getEventUsage', { eventId: itemIds.event }], ['getAccountUsage', { accountId: itemIds.account }], ['getPlatformUsage', {}]] as const) {
      expect(await ask(operation, params)).toMatchObject({ status: 'FINAL', at: null, totalUsd: '0.000000009' });
      expect(await ask(operation, params, { at })).toMatchObject({ status: 'PROVISIONAL', at, totalUsd: '0.000000004', categories: then.categories });
    }
    expect(breakoutUsageSchema.parse(await ask('getBreakoutUsage', { breakoutId }, { at })).sources).toHaveLength(1);
    expect(await ask('getAccountUsage', { accountId: itemIds.account }, { at: '2026-11-23T11:00:00+01:00' })).toMatchObject({ status: 'NONE', asOf: null, running: null, states: { packaging: 'NO_DATA' } });
    expect(platformUsageSchema.parse(await ask('getPlatformUsage', {}, { at })).overheads.status).toBe('NONE');
  });

  it('rejects moments that are no time, or not past', async () => {
    const { ask } = usageApi();

    await expect(ask('getEventUsage', { eventId: itemIds.event }, { at: '2026-11-23T12:00:01Z' })).rejects.toThrow('2026-11-23T12:00:01.000Z is not past');
    await expect(ask('getEventUsage', { eventId: itemIds.event }, { at: 'yesterday' })).rejects.toThrow(/expected a time such as/);
  });
});
