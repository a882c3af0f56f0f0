import * as z from 'zod';
import { accountUsageSchema, breakoutUsageSchema, usageDifferenceSchema, usageLinesSchema, usageVersionsSchema } from '../../../lambda/contract/api/usage.ts';
import { aBreakout, aCaller } from '../../support/shows/a-plan.ts';
import { aBreakoutOwner, aLine, aLineThatAdds, aMeasuredProfile } from '../../support/usage/a-profile.ts';
import { aStoppedBreakout } from '../../support/usage/a-show.ts';
import { itemIds } from '../../support/usage/ids.ts';
import { usageApi, usageApiOnAir } from '../../support/usage/usage-api.ts';

const breakoutId = itemIds.breakout;
const line = (key: string, bytes: bigint, nanoUsd: bigint) => aLine({ key, quantity: { amount: bytes, unit: 'bytes' }, nanoUsd, chargeNanoUsd: 2n * nanoUsd, adds: { packagingIngressBytes: bytes, packagingNanoUsd: nanoUsd, packagingChargeNanoUsd: 2n * nanoUsd } });

describe('usage of a breakout', () => {
  it('is none, with no data, before anything is booked', async () => {
    const { ask, world } = usageApi();
    world.breakouts.set(breakoutId, aBreakout({ breakoutId, accountId: itemIds.account }));

    const body = z.strictObject(breakoutUsageSchema.shape).parse(await ask('getBreakoutUsage', { breakoutId }));

    expect(body).toMatchObject({ status: 'NONE', asOf: null, period: 'TOTAL', states: { streaming: 'NO_DATA', storage: 'NO_DATA' }, categories: { streaming: null }, totalUsd: '0', totalChargeUsd: '0', sources: [] });
  });

  it('tells what does not apply from what has no data, and both from 0', async () => {
    const { ask, book } = usageApi();
    const lines = [aLineThatAdds({ conversionMilliseconds: 0n }, { key: 'a', category: 'conversion' }), aLineThatAdds({ deliveryNoDataLines: 1n }, { key: 'b', category: 'delivery' })];
    await book(aMeasuredProfile({ lines }));
    expect((await ask('getBreakoutUsage', { breakoutId })).states).toMatchObject({ streaming: 'NO_DATA', conversion: 'MEASURED' });
    await book(aMeasuredProfile({ stage: 'FINAL', lines }));

    const body = breakoutUsageSchema.parse(await ask('getBreakoutUsage', { breakoutId }));

    expect(body.states).toEqual({ streaming: 'NOT_APPLICABLE', packaging: 'NOT_APPLICABLE', delivery: 'NO_DATA', conversion: 'MEASURED', storage: 'NOT_APPLICABLE' });
    expect(body.categories).toMatchObject({ streaming: null, delivery: null, conversion: { measured: { amount: '0', unit: 'minutes' }, billable: { amount: null } } });
  });

  it('has cost and charge, measured and billable, and where each number is from', async () => {
    const { ask, book } = usageApi();
    await book(aMeasuredProfile({ lines: [line('packaging/ingress', 3n << 29n, 45n), aLineThatAdds({ streamingRunMilliseconds: 61_000n, streamingBillableMinutes: 10n }, { key: 's', category: 'streaming', source: 'channel run', watermark: '2026-11-23T11:00:00.000Z' })] }));

    const body = breakoutUsageSchema.parse(await ask('getBreakoutUsage', { breakoutId }, { period: '2026-11' }));

    expect(body).toMatchObject({
      totalUsd: '0.000000045',
      totalChargeUsd: '0.00000009',
      categories: {
        packaging: { measured: { amount: '1.5', unit: 'GB' }, billable: { amount: '1.5', unit: 'GB' }, usd: '0.000000045', chargeUsd: '0.00000009' },
        streaming: { measured: { amount: '0.016944444', unit: 'hours' }, billable: { amount: '0.166666667', unit: 'hours' } },
      },
      sources: [
        { category: 'packaging', source: 'CloudWatch AWS/MediaPackage IngressBytes', from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T11:00:00.000Z', watermark: '2026-11-23T11:05:00.000Z', completeness: null, hasData: true },
        { category: 'streaming', source: 'channel run', watermark: '2026-11-23T11:00:00.000Z' },
      ],
    });
  });

  it('computes what accrues when it is read, up to now and no further than the month', async () => {
    const { ask, book, world } = usageApi();
    const from = Date.parse('2026-11-23T11:00:00Z');
    await book(aMeasuredProfile({ accrual: 'OPEN', lines: [aLineThatAdds({ storageBytesHeld: 10n, storageOpenBytes: 10n, storageOpenByteMilliseconds: 10n * BigInt(from) }, { category: 'storage', accrues: true })] }));

    expect(await ask('getBreakoutUsage', { breakoutId })).toMatchObject({ accruing: { bytes: '10', byteMilliseconds: '36000000', until: '2026-11-23T12:00:00.000Z' } });
    world.now = Date.parse('2026-12-02T00:00:00Z');
    const total = await ask('getEventUsage', { eventId: itemIds.event });
    expect(total.accruing).toMatchObject({ byteMilliseconds: String(10 * (Date.parse('2026-12-01T00:00:00Z') - from)), until: '2026-12-01T00:00:00.000Z' });
    expect(await ask('getEventUsage', { eventId: itemIds.event }, { period: '2026-11' })).toMatchObject({ accruing: total.accruing, running: null });
  });

  it('rejects months in the future and accounts of others', async () => {
    const { ask } = usageApi();

    await expect(ask('getBreakoutUsage', { breakoutId }, { period: '2026-12' })).rejects.toThrow('period 2026-12 has not begun, expected a UTC month up to 2026-11');
    await expect(ask('getAccountUsage', { accountId: itemIds.account }, { period: '2026-13' })).rejects.toThrow(/expected TOTAL or a UTC month/);
    await expect(ask('listBreakoutUsageLines', { breakoutId }, { month: '2027-01' })).rejects.toThrow(/has not begun/);
    for (const operation of ['getBreakoutUsage', 'listBreakoutUsageVersions', 'compareBreakoutUsageVersions', 'listBreakoutUsageLines'] as const) {
      await expect(ask(operation, { breakoutId }, {}, aCaller())).rejects.toThrow(`there is no breakout ${breakoutId}`);
    }
    await expect(ask('listAccountUsageChildren', { accountId: itemIds.account }, {}, aCaller())).rejects.toThrow(/there is no account/);
    await expect(ask('listEventUsageChildren', { eventId: itemIds.event }, {}, aCaller())).rejects.toThrow(/there is no event/);
  });
});

describe('usage of a show on the air', () => {
  it('is estimated as if it stopped now, each number with its watermark', async () => {
    const { ask } = await usageApiOnAir();

    const body = breakoutUsageSchema.parse(await ask('getBreakoutUsage', { breakoutId }));

    expect(body).toMatchObject({
      status: 'ESTIMATED',
      asOf: '2026-11-23T10:21:10.000Z',
      states: { streaming: 'MEASURED', packaging: 'MEASURED', delivery: 'MEASURED', conversion: 'NO_DATA', storage: 'NO_DATA' },
      categories: { streaming: { runMilliseconds: String((20 * 60 + 40) * 1000), billableMinutes: '21' }, packaging: { gigabytes: '2' }, delivery: { gigabytes: '1' } },
    });
    expect(body.sources.find(({ category }) => category === 'streaming')?.notes).toEqual(['still running: counted up to the moment of reading']);
    expect(Object.fromEntries(body.sources.map(({ category, watermark }) => [category, watermark]))).toEqual({
      streaming: '2026-11-23T10:21:10.000Z', packaging: '2026-11-23T10:01:00.000Z', delivery: '2026-11-23T10:01:00.000Z',
    });
  });

  it('costs one reading of the metrics a minute, however many ask', async () => {
    const { ask, world } = await usageApiOnAir();

    for (let second = 0; second < 59; second += 5) {
      world.now += 5000;
      await Promise.all([ask('getBreakoutUsage', { breakoutId }), ask('getAccountUsage', { accountId: itemIds.account }), ask('getEventUsage', { eventId: itemIds.event })]);
    }
    expect(world.calls.map(({ region, names }) => [region, names.length])).toEqual([['us-east-1', 4]]);
    world.now += 60_000;
    await Promise.all(Array.from({ length: 10 }, () => ask('getBreakoutUsage', { breakoutId })));

    expect(world.calls).toHaveLength(2);
  });

  it('stands beside what is booked at every level, and in no roll-up', async () => {
    const { ask, book } = await usageApiOnAir();
    await book(aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: itemIds.otherBreakout }), lines: [line('a', 7n, 7n)] }));

    const account = z.strictObject(accountUsageSchema.shape).parse(await ask('getAccountUsage', { accountId: itemIds.account }));

    expect(account).toMatchObject({ status: 'PROVISIONAL', totalUsd: '0.000000007', running: { usage: { status: 'ESTIMATED' }, shows: [{ breakoutId, title: 'Opening' }] } });
    expect(account.running?.usage.totalUsd).toBe(account.running?.shows[0]?.usage.totalUsd);
    expect(account.running?.usage.totalUsd).toBe((await ask('getBreakoutUsage', { breakoutId })).totalUsd);
    expect((await ask('getAccountUsage', { accountId: itemIds.account }, { period: '2026-11' })).running.shows).toHaveLength(1);
  });

  it('counts on top what is not booked: never a leg twice', async () => {
    const { ask, book } = await usageApiOnAir();
    await book(aMeasuredProfile({ lines: [aLineThatAdds({ streamingRunMilliseconds: 600_000n, streamingBillableMinutes: 10n, streamingNanoUsd: 5n }, { category: 'streaming' })] }));

    const [breakout, event] = [await ask('getBreakoutUsage', { breakoutId }), await ask('getEventUsage', { eventId: itemIds.event })];

    expect(breakout.categories.streaming.billableMinutes).toBe('21');
    expect(BigInt(event.categories.streaming.billableMinutes) + BigInt(event.running.usage.categories.streaming.billableMinutes)).toBe(21n);
  });

  it('is what was measured once that is booked', async () => {
    const { ask, book, world } = await usageApiOnAir();
    world.breakouts.set(breakoutId, aStoppedBreakout({ status: 'COMPLETED', stoppedAt: '2026-11-23T10:20:00.000Z' }));
    expect((await ask('getBreakoutUsage', { breakoutId })).status).toBe('ESTIMATED');

    await book(aMeasuredProfile({ asOf: '2026-11-23T10:20:05.000Z' }));

    expect((await ask('getBreakoutUsage', { breakoutId })).status).toBe('PROVISIONAL');
    expect((await ask('getEventUsage', { eventId: itemIds.event })).running.shows).toEqual([]);
  });
});

describe('versions of usage', () => {
  const booked = async () => {
    const api = usageApi();
    await api.book(aMeasuredProfile({ lines: [line('a', 10n, 4n), line('b', 1n, 1n)] }));
    await api.book(aMeasuredProfile({ stage: 'FINAL', asOf: '2026-11-23T11:30:00.000Z', lines: [line('a', 12n, 6n), line('c', 2n, 3n)] }));
    return api;
  };

  it('are listed a page at a time, each with its totals', async () => {
    const { ask } = await booked();

    const first = z.strictObject(usageVersionsSchema.shape).parse(await ask('listBreakoutUsageVersions', { breakoutId }, { limit: '1' }));
    const second = usageVersionsSchema.parse(await ask('listBreakoutUsageVersions', { breakoutId }, { limit: '1', cursor: first.nextCursor ?? '', month: '2026-11' }));

    expect(first.items).toEqual([{ month: '2026-11', version: 1, status: 'PROVISIONAL', asOf: '2026-11-23T11:05:00.000Z', priceBookId: null, priceTermsId: null, accrual: null, totalUsd: '0.000000005', totalChargeUsd: '0.00000001' }]);
    expect(second).toMatchObject({ items: [{ version: 2, status: 'FINAL', totalUsd: '0.000000009' }], nextCursor: null });
  });

  it('are compared in words, line by line', async () => {
    const { ask } = await booked();

    const body = z.strictObject(usageDifferenceSchema.shape).parse(await ask('compareBreakoutUsageVersions', { breakoutId }));

    expect(body).toMatchObject({ month: '2026-11', from: { version: 1 }, to: { version: 2 }, usd: '0.000000004', chargeUsd: '0.000000008' });
    expect(body.words).toBe('version 1 (PROVISIONAL, 2026-11-23T11:05:00.000Z) to version 2 (FINAL, 2026-11-23T11:30:00.000Z): 1 lines added, 1 removed, 1 changed; USD 0.000000005 became 0.000000009');
    expect(body.lines.map(({ key, change, words }) => [key, change, words])).toEqual([
      ['a', 'CHANGED', 'MediaPackage, live ingest: 10 bytes became 12 bytes, cost USD 0.000000004 became USD 0.000000006, charge USD 0.000000008 became USD 0.000000012 (USD +0.000000002)'],
      ['b', 'REMOVED', 'MediaPackage, live ingest: gone, it was 1 bytes, USD 0.000000001 (USD -0.000000001)'],
      ['c', 'ADDED', 'MediaPackage, live ingest: new, 2 bytes, USD 0.000000003 (USD +0.000000003)'],
    ]);
  });

  it('rejects versions that are not there', async () => {
    const { ask } = await booked();

    await expect(ask('compareBreakoutUsageVersions', { breakoutId }, { from: '1', to: '3' })).rejects.toThrow('has no version 3: expected 1 to 2');
    await expect(ask('compareBreakoutUsageVersions', { breakoutId }, { from: '0' })).rejects.toThrow(/from/);
    await expect(ask('compareBreakoutUsageVersions', { breakoutId }, { month: '2026-10' })).rejects.toThrow('nothing is booked in that month');
    expect(usageLinesSchema.parse(await ask('listBreakoutUsageLines', { breakoutId })).items.map(({ key }) => key)).toEqual(['a', 'c']);
  });
});
