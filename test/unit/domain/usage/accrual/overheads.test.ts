import fc from 'fast-check';
import type { DeliveryLogRow } from '../../../../../lambda/domain/usage/delivery-log.ts';
import { sumMeasures } from '../../../../../lambda/domain/usage/measures.ts';
import { aChannelRun, aMeteredPipeline } from '../../../../support/usage/a-show.ts';
import { hourlyWorld, vodDistributionId } from '../../../../support/usage/hourly-world.ts';
import { itemIds } from '../../../../support/usage/ids.ts';

const at = (time: string): number => Date.parse(time);
const hour = 3_600_000;
const row = (overrides: Partial<DeliveryLogRow> = {}): DeliveryLogRow => ({
  minute: at('2026-11-25T10:00:00Z'), breakoutId: itemIds.breakout, kind: 'RECORDING', geography: 'EU', protocol: 'https', result: 'Hit', requests: 10n, bytes: 1n << 30n, ...overrides,
});

describe('delivery of recordings', () => {
  it('is the breakout\'s by its path, day after day, and final a day after the month', async () => {
    const { world, hourAt, heads, lines } = await hourlyWorld();
    world.rows.set(vodDistributionId, [row(), row({ minute: at('2026-11-26T23:00:00Z') })]);

    await hourAt('2026-11-27T01:30:00Z');

    expect((await lines('2026-11')).filter(({ key }) => key.startsWith('delivery/')).map(({ key, quantity, nanoUsd }) => [key, quantity?.amount, nanoUsd])).toEqual([
      ['delivery/recordings/EU/https-requests', 20n, 24_000n],
      ['delivery/recordings/EU/transfer', 2n << 30n, 170_000_000n],
      ['delivery/recordings/edge', 2n << 30n, undefined],
      ['delivery/recordings/function-invocations', 20n, 2_000n],
      ['delivery/recordings/store-reads', 40n, 1_200n],
    ]);
    expect((await heads())[0]).toMatchObject({ status: 'FINAL', accrual: 'OPEN' });

    world.rows.set(vodDistributionId, [row({ minute: at('2026-11-30T23:00:00Z') })]);
    await hourAt('2026-12-02T00:30:00Z');

    expect((await lines('2026-11')).find(({ key }) => key === 'delivery/recordings/edge')?.quantity?.amount).toBe(3n << 30n);
    expect((await heads())[0]).toMatchObject({ status: 'FINAL', accrual: 'CLOSED' });
  });

  it('corrects a month that was closed when its logs come later', async () => {
    const { world, hourAt, heads, deps } = await hourlyWorld();
    await hourAt('2026-12-02T00:30:00Z');
    const day = (await deps.overheads.get('recordings', '2026-11-30'))!;
    await deps.overheads.keep({ ...day, countedAt: at('2026-12-01T02:00:00Z') });
    world.rows.set(vodDistributionId, [row({ minute: at('2026-11-30T23:00:00Z') })]);

    await hourAt('2026-12-02T01:30:00Z');

    expect((await heads()).map(({ month, status, accrual }) => [month, status, accrual])).toEqual([['2026-11', 'CORRECTED', 'CLOSED'], ['2026-12', 'PROVISIONAL', 'OPEN']]);
  });

  it('corrects a month whose every day had settled when logs come days later, at any age', async () => {
    const { world, hourAt, heads, lines, overheadLines } = await hourlyWorld();
    await hourAt('2026-12-02T01:30:00Z');
    expect((await heads())[0]).toMatchObject({ month: '2026-11', status: 'FINAL', accrual: 'CLOSED' });
    const minute = at('2026-11-30T23:00:00Z');
    world.rows.set(vodDistributionId, [row({ minute }), row({ minute, breakoutId: null, kind: null, bytes: 7n })]);
    world.late = [{ distributionId: vodDistributionId, source: 'late.gz', from: minute, to: minute + hour, countedAt: at('2027-01-20T10:00:00Z') }];

    expect((await hourAt('2027-01-20T11:30:00Z')).failed).toEqual([]);

    expect((await heads())[0]).toMatchObject({ month: '2026-11', status: 'CORRECTED', accrual: 'CLOSED' });
    expect((await lines('2026-11')).find(({ key }) => key === 'delivery/recordings/edge')?.quantity?.amount).toBe(1n << 30n);
    expect((await overheadLines('recordings', '2026-11')).find(({ key }) => key.startsWith('delivery/unattributed/EU/transfer'))?.quantity?.amount).toBe(7n);
    expect(world.late).toEqual([]);
  });

  it('is told of again by a late log until its days could be counted', async () => {
    const { world, hourAt, heads } = await hourlyWorld();
    await hourAt('2026-11-29T01:30:00Z');
    const minute = at('2026-11-26T23:00:00Z');
    world.rows.set(vodDistributionId, [row({ minute })]);
    world.late = [{ distributionId: vodDistributionId, source: 'late.gz', from: minute, to: minute + hour, countedAt: at('2026-11-29T02:00:00Z') }];
    world.isCloudWatchAway = true;

    await hourAt('2026-11-29T02:40:00Z');
    expect(world.late).toHaveLength(1);
    world.isCloudWatchAway = false;
    await hourAt('2026-11-29T03:40:00Z');

    expect(world.late).toEqual([]);
    expect((await heads())[0]?.totals.deliveryTotalBytes).toBe(1n << 30n);
  });

  it('writes nothing when nothing was watched', async () => {
    const { hourAt, usage, world } = await hourlyWorld();
    world.rows.set(vodDistributionId, [row()]);
    await hourAt('2026-11-27T01:30:00Z');
    const moves = usage.moves.length;

    for (const time of ['02:30', '03:30', '23:59']) await hourAt(`2026-11-27T${time}:00Z`);

    expect(usage.moves).toHaveLength(moves);
  });

  it('comes to the distribution\'s total with the overheads, exactly', async () => {
    const watched = fc.record({ hours: fc.integer({ min: 0, max: 7 * 24 - 1 }), bytes: fc.bigInt({ min: 0n, max: 1n << 40n }), isKnown: fc.boolean(), isLogged: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(watched, { maxLength: 12 }), fc.array(fc.integer({ min: 0, max: 10 * 24 }), { maxLength: 6 }), async (traffic, runs) => {
        const { world, hourAt, usage } = await hourlyWorld();
        const began = at('2026-11-23T00:00:00Z');
        const minutes = new Map<number, bigint>();
        for (const { hours, bytes } of traffic) minutes.set(began + hours * hour, (minutes.get(began + hours * hour) ?? 0n) + bytes);
        world.bytes.set(vodDistributionId, minutes);
        world.rows.set(vodDistributionId, traffic.filter(({ isLogged }) => isLogged).map(({ hours, bytes, isKnown }) => row({ minute: began + hours * hour, bytes, requests: bytes / 1000n, ...(isKnown ? {} : { breakoutId: null, kind: null }) })));

        for (const time of runs.toSorted((one, other) => one - other)) await hourAt(at('2026-11-23T13:00:00Z') + time * hour);
        await hourAt('2026-12-04T00:00:00Z');

        const [breakout, overheads, platform] = [await usage.accountUsage(itemIds.account, '2026-11'), await usage.overheads('2026-11'), await usage.platformUsage('2026-11')];
        expect(sumMeasures([breakout.measures, overheads.measures]).deliveryTotalBytes).toBe(traffic.reduce((sum, { bytes }) => sum + bytes, 0n));
        expect(platform.measures.deliveryTotalBytes).toBe(sumMeasures([breakout.measures, overheads.measures]).deliveryTotalBytes);
        expect(platform.measures.deliveryLoggedBytes).toBe(traffic.filter(({ isLogged }) => isLogged).reduce((sum, { bytes }) => sum + bytes, 0n));
        expect((await usage.head({ kind: 'PLATFORM', purpose: 'recordings' }, '2026-11'))?.status).toBe('FINAL');
      }),
      { numRuns: 60 },
    );
  });
});

describe('overheads of a pipeline', () => {
  const run = aChannelRun({ breakoutId: itemIds.otherBreakout, requestedAt: '2026-11-25T10:00:00.000Z', started: { at: '2026-11-25T10:00:30.000Z', source: 'EVENT' }, ended: { at: '2026-11-25T11:00:30.000Z', source: 'EVENT' } });

  it('are the hours in which its channel and inputs stood idle, from when it was seen first', async () => {
    const { world, hourAt, overheadLines } = await hourlyWorld();
    world.runs = [run];

    await hourAt('2026-11-24T12:00:00Z');
    await hourAt('2026-11-26T02:00:00Z');

    const idle = (await overheadLines('pipeline/pl_main', '2026-11')).filter(({ category }) => category === 'streaming');
    // Half of the 24th, the 25th less an hour.
    expect(idle.map(({ key, quantity, nanoUsd, unpriced }) => [key, quantity?.amount, nanoUsd, unpriced])).toEqual([
      ['streaming/idle-channel', BigInt(35 * hour), 350_000_000n, undefined],
      ['streaming/idle-inputs', BigInt(35 * hour * aMeteredPipeline().channel.inputs.length), undefined, 'no SKU for idle push input in us-east-1'],
    ]);
  });

  it('are corrected by logs that come days later, and so is the show that held it then', async () => {
    const { world, hourAt, overheadLines } = await hourlyWorld();
    const { distributionId } = aMeteredPipeline().delivery;
    world.runs = [run];
    world.bytes.set(distributionId, new Map([[at('2026-11-25T09:00:00Z'), 5000n]]));
    await hourAt('2026-11-24T12:00:00Z');
    await hourAt('2026-11-27T02:00:00Z');
    world.rows.set(distributionId, [row({ minute: at('2026-11-25T09:00:00Z'), bytes: 4000n, requests: 4n, kind: 'AUDIENCE' })]);
    world.late = [{ distributionId, source: 'late.gz', from: at('2026-11-25T09:00:00Z'), to: at('2026-11-25T10:30:00Z'), countedAt: at('2026-11-29T01:00:00Z') }];

    await hourAt('2026-11-29T02:00:00Z');

    const lines = await overheadLines('pipeline/pl_main', '2026-11');
    expect(lines.find(({ key }) => key === 'delivery/unattributed/EU/transfer')?.quantity?.amount).toBe(4000n);
    expect(lines.find(({ key }) => key === 'delivery/unlogged/US/transfer')?.quantity?.amount).toBe(1000n);
    expect(new Set(world.measuredAgain)).toEqual(new Set([itemIds.breakout, itemIds.otherBreakout]));
    expect(world.late).toEqual([]);
  });

  it('are all that its channel costs while it runs for nobody, each input and output at its own class', async () => {
    const { world, hourAt, overheadLines, turns } = await hourlyWorld();
    world.runs = [run];
    const turn = (time: string, isOn: boolean) => turns.note({ pipelineId: 'pl_main', at: time, isOn });
    await turn('2026-11-25T10:30:00.000Z', true);
    await turn('2026-11-25T11:00:30.000Z', false);
    await turn('2026-11-25T20:00:00.000Z', true);
    await turn('2026-11-26T06:00:20.000Z', false);

    await hourAt('2026-11-24T12:00:00Z');
    await hourAt('2026-11-28T02:00:00Z');

    const lines = (await overheadLines('pipeline/pl_main', '2026-11')).filter(({ category }) => category === 'streaming');
    const inputs = aMeteredPipeline().channel.inputs.length;
    const unheld = lines.filter(({ key }) => key.startsWith('streaming/unheld/'));
    expect(unheld.filter(({ key }) => key.endsWith('/time')).map(({ quantity, adds }) => [quantity?.amount, adds.streamingBillableMinutes])).toEqual([[BigInt(4 * hour), 240n], [BigInt(6 * hour + 20_000), 361n]]);
    expect(unheld.map(({ key, owner }) => [key.split('/')[2], owner])).toEqual([...Array<unknown>(inputs + 2).fill(['2026-11-25', 'PLATFORM']), ...Array<unknown>(inputs + 2).fill(['2026-11-26', 'PLATFORM'])]);
    expect(unheld.filter(({ key }) => !key.endsWith('/time')).every(({ nanoUsd }) => nanoUsd !== undefined && nanoUsd > 0n)).toBe(true);
    // From noon of the 24th, less the show's hour and the ten hours that it ran for nobody.
    expect(lines.find(({ key }) => key === 'streaming/idle-channel')?.quantity?.amount).toBe(BigInt((12 + 24 + 24 + 24 - 1 - 10) * hour - 20_000));
  });

  it('end when the pipeline goes', async () => {
    const { world, hourAt, overheadLines } = await hourlyWorld();
    await hourAt('2026-11-24T00:00:00Z');
    await hourAt('2026-11-25T06:00:00Z');
    world.pipelines = [];

    await hourAt('2026-11-29T02:00:00Z');

    expect((await overheadLines('pipeline/pl_main', '2026-11')).find(({ key }) => key === 'streaming/idle-channel')?.quantity?.amount).toBe(BigInt(30 * hour));
  });

  it('are what its distribution sent while nobody held it, whoever\'s path it was', async () => {
    const { world, hourAt, overheadLines } = await hourlyWorld();
    const { distributionId } = aMeteredPipeline().delivery;
    world.runs = [run];
    world.bytes.set(distributionId, new Map([[at('2026-11-25T09:00:00Z'), 5000n], [at('2026-11-25T10:30:00Z'), 1_000_000n], [at('2026-11-25T15:00:00Z'), 2000n]]));
    world.rows.set(distributionId, [row({ minute: at('2026-11-25T09:00:00Z'), bytes: 4000n, requests: 4n, kind: 'AUDIENCE' }), row({ minute: at('2026-11-25T10:30:00Z'), bytes: 9n })]);

    await hourAt('2026-11-24T12:00:00Z');
    await hourAt('2026-11-26T02:00:00Z');

    const lines = await overheadLines('pipeline/pl_main', '2026-11');
    expect(lines.find(({ key }) => key === 'delivery/edge')?.adds).toEqual({ deliveryTotalBytes: 7000n, deliveryLoggedBytes: 4000n, deliveryTotalRequests: 7n });
    expect(lines.find(({ key }) => key === 'delivery/unattributed/EU/transfer')?.quantity?.amount).toBe(4000n);
    expect(lines.find(({ key }) => key === 'delivery/unlogged/US/transfer')?.quantity?.amount).toBe(3000n);
  });

  it('are counted the next time when they could not be', async () => {
    const { hourAt, overheadLines, world } = await hourlyWorld();
    await hourAt('2026-11-24T00:00:00Z');
    world.isCloudWatchAway = true;

    expect((await hourAt('2026-11-25T02:00:00Z')).failed.map(({ what }) => what)).toContain('pipeline/pl_main');
    world.isCloudWatchAway = false;
    expect((await hourAt('2026-11-25T03:00:00Z')).failed).toEqual([]);

    expect((await overheadLines('pipeline/pl_main', '2026-11')).find(({ key }) => key === 'streaming/idle-channel')?.quantity?.amount).toBe(BigInt(24 * hour));
  });
});
