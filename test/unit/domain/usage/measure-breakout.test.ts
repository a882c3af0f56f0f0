import { breakoutUsageSchema, usageLineSchema } from '../../../../lambda/contract/api/usage.ts';
import { pointsOfLine } from '../../../../lambda/domain/usage/reading/read-points.ts';
import { measureFinal } from '../../../../lambda/domain/usage/measure-breakout.ts';
import { usageLineView } from '../../../../lambda/domain/usage/usage-line-view.ts';
import { stageConfigurationSchema } from '../../../../lib/config/stage-configuration.ts';
import { aChannelRun, aStoppedBreakout } from '../../../support/usage/a-show.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { measuredShow } from '../../../support/usage/measured-show.ts';
import { usageReader } from '../../../support/usage/usage-reader.ts';

describe('measuring a breakout', () => {
  it('books five categories that read the same at breakout, event and account', async () => {
    const { provisional, usage, breakoutUsage } = measuredShow();

    await provisional();

    const read = await breakoutUsage();
    expect(breakoutUsageSchema.parse(read)).toEqual(read);
    expect(read).toMatchObject({
      status: 'PROVISIONAL',
      categories: {
        streaming: { hours: '1', runMilliseconds: '3600000', billableMinutes: '60', usd: '0.5616' }, // 0.1404 + 0.4212
        packaging: { ingressBytes: String(3n << 30n), gigabytes: '8', usd: '0.34' }, // 3 × 0.03 + 5 × 0.05
        delivery: { bytes: String(2n << 30n), gigabytes: '2', requests: '100', unloggedBytes: String(2n << 30n), completeness: '0' },
        conversion: { minutes: '60', billableSeconds: '3600', usd: '0.9' },
        storage: { bytesHeld: String(3n << 29n), gigabytes: '1.5' },
      },
      unpriced: [],
    });
    expect((await usageReader(usage).event()).categories).toEqual(read.categories);
    expect((await usageReader(usage).account('2026-11')).totalUsd).toBe(read.totalUsd);
  });

  it('sums whole minutes: the packager\'s from the run on, the edge\'s from the claim on, CloudFront in us-east-1', async () => {
    const { provisional, world, usage } = measuredShow();
    world.now = '2026-11-23T11:30:00.000Z';

    await provisional();

    expect(world.asked.map(({ region, metric, window }) => [region, metric.name, new Date(window.from).toISOString(), new Date(window.to).toISOString()])).toEqual(
      ['IngressBytes', 'EgressBytes', 'BytesDownloaded', 'Requests'].map((name) => ['us-east-1', name, '2026-11-23T09:59:00.000Z', '2026-11-23T11:03:00.000Z']),
    );
    expect(usage.moves[0]?.series.filter(({ periodSeconds }) => periodSeconds === 60).map(({ name, from, values }) => [name, from, values.length])).toEqual([
      ['packaging/ingress', '2026-11-23T10:00:00.000Z', 63],
      ['packaging/egress', '2026-11-23T10:00:00.000Z', 63],
      ['delivery/bytes', '2026-11-23T09:59:00.000Z', 64],
      ['delivery/requests', '2026-11-23T09:59:00.000Z', 64],
    ]);
  });

  it('changes nothing when it is measured again', async () => {
    const { provisional, usage, world } = measuredShow();

    await provisional();
    world.now = '2026-11-23T11:05:00.000Z';
    world.asked.length = 0;
    await provisional();
    const moves = usage.moves.length;
    await provisional();

    expect(usage.moves).toHaveLength(moves);
  });

  it('is final when the logs have all that the edge counted', async () => {
    const { final, world, logged, breakoutUsage } = measuredShow();
    world.now = '2026-11-23T12:01:00.000Z';

    world.rows = [logged(1n << 30n, 60n)];
    expect(await final()).toBe('PENDING');
    world.rows = [logged(2n << 30n, 100n)];
    expect(await final()).toBe('DONE');

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { delivery: { completeness: '1', unloggedBytes: '0' } } });
  });

  it('becomes final with its completeness when logs never come', async () => {
    const { final, world, logged, breakoutUsage } = measuredShow();
    world.rows = [logged(1n << 30n, 60n)];
    world.now = '2026-11-23T13:00:40.000Z';

    expect(await final()).toBe('DONE');

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { delivery: { completeness: '0.5' } } });
  });

  it('is final within 26 hours by the default settle time, though a thousandth of the traffic is never logged', async () => {
    const { deps, world, logged, breakoutUsage } = measuredShow();
    const { settleSeconds } = stageConfigurationSchema.shape.usage.parse(undefined);
    const final = measureFinal({ ...deps, settleSeconds });
    world.rows = [logged((2n << 30n) - (2n << 20n), 100n)];
    const stopped = Date.parse(world.breakout.stoppedAt ?? '');
    const askedAfter = (hours: number) => {
      world.now = new Date(stopped + hours * 3_600_000).toISOString();
      return final({ breakoutId: itemIds.breakout, attempt: 1 });
    };

    expect([await askedAfter(13), await askedAfter(24.5), await askedAfter(25.5)]).toEqual(['PENDING', 'PENDING', 'DONE']);

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { delivery: { completeness: '0.999023438' } } });
  });

  it('waits for metrics that the service calls partial', async () => {
    const { final, world, logged } = measuredShow();
    world.rows = [logged(2n << 30n, 100n)];
    world.isComplete = false;
    world.now = '2026-11-23T12:01:00.000Z';

    expect(await final()).toBe('PENDING');
  });

  it('measures the same finally, whenever it is asked', async () => {
    const { final, usage, world, logged } = measuredShow();
    world.rows = [logged(2n << 30n, 100n)];

    for (const now of ['2026-11-23T12:01:00.000Z', '2026-11-23T12:07:00.000Z', '2026-11-24T08:00:00.000Z']) {
      world.now = now;
      await final();
    }

    expect(usage.moves).toHaveLength(1);
  });

  it('explains every charge', async () => {
    const { provisional, lines } = measuredShow();
    await provisional();

    for (const line of (await lines()).map(usageLineView)) {
      expect(usageLineSchema.parse(line)).toBeTruthy();
      if (line.usd === undefined) continue;
      expect(line).toMatchObject({ quantity: expect.anything() as unknown, billable: expect.anything() as unknown, rounding: expect.stringMatching(/^half-even/) as unknown });
      expect(line.rate).toMatchObject({ sku: expect.any(String) as unknown, rateCode: expect.any(String) as unknown, priceBookId: aPriceBook().bookId });
    }
  });

  it('names for every quantity the points that it comes from, which are kept with the version', async () => {
    const { final, lines, usage, world, logged } = measuredShow();
    world.rows = [logged(1n << 30n, 60n), { ...logged(1n << 20n, 3n), breakoutId: null, kind: null }];
    world.now = '2026-11-25T14:00:00.000Z';
    await final();

    const series = usage.moves.at(-1)?.series ?? [];
    for (const line of (await lines()).filter(({ quantity }) => quantity !== undefined)) {
      expect([line.key, line.points.filter((name) => series.some((one) => one.name === name))]).toEqual([line.key, line.points]);
      expect([line.key, line.points.length > 0]).toEqual([line.key, true]);
      const sums = pointsOfLine(line, series).map(({ sum }) => sum);
      if (!/states|store-reads|input-|output-/.test(`${line.key} ${line.points.join()}`)) expect([line.key, sums]).toContainEqual(expect.arrayContaining([line.quantity?.amount]));
    }
  });

  it('keeps the raw minutes with the version', async () => {
    const { provisional, usage } = measuredShow();

    await provisional();

    expect(usage.moves[0]?.series.filter(({ periodSeconds }) => periodSeconds === 60).map(({ name, periodSeconds, from, values }) => [name, periodSeconds, values[(Date.parse('2026-11-23T10:01:00Z') - Date.parse(from)) / 60_000]])).toEqual([
      ['packaging/ingress', 60, 3n << 30n], ['packaging/egress', 60, 5n << 30n], ['delivery/bytes', 60, 2n << 30n], ['delivery/requests', 60, 100n],
    ]);
  });

  it('books what is stored when the channel never ran', async () => {
    const { final, world, breakoutUsage } = measuredShow();
    const { started: _started, ended: _ended, ...neverRan } = aChannelRun();
    world.runs = [neverRan];
    world.recording = undefined;
    world.now = '2026-11-23T14:00:00.000Z';

    expect(await final()).toBe('DONE');

    expect((await breakoutUsage()).categories).toMatchObject({ streaming: null, packaging: null, delivery: null, conversion: null, storage: { usd: expect.any(String) as unknown } });
  });

  it('waits while the channel still runs', async () => {
    const { final, world } = measuredShow();
    const { ended: _ended, ...running } = aChannelRun();
    world.runs = [running];

    expect(await final()).toBe('PENDING');
  });

  it('puts a show over the end of a month on both sides and sums them in all', async () => {
    const { provisional, world, usage, breakoutUsage } = measuredShow();
    world.breakout = aStoppedBreakout({ startRequestedAt: '2026-11-30T23:29:00.000Z', stoppedAt: '2026-12-01T00:30:10.000Z', tailEndsAt: '2026-12-01T00:31:46.000Z' });
    world.runs = [aChannelRun({ requestedAt: '2026-11-30T23:29:50.000Z', started: { at: '2026-11-30T23:30:00.000Z', source: 'EVENT' }, ended: { at: '2026-12-01T00:30:00.000Z', source: 'EVENT' } })];
    world.recording = undefined;
    world.now = '2026-12-01T00:31:00.000Z';

    await provisional();

    const months = await Promise.all(['2026-11', '2026-12'].map((month) => usageReader(usage).breakout(month)));
    expect(months.map(({ categories }) => categories.streaming?.billableMinutes)).toEqual(['30', '30']);
    expect((await breakoutUsage()).categories.streaming).toMatchObject({ hours: '1', billableMinutes: '60', usd: '0.5616' });
  });

  it('rejects a period that is none', async () => {
    const { usage } = measuredShow();

    await expect(usageReader(usage).breakout('2026-13')).rejects.toThrow(/expected TOTAL or a UTC month/);
  });
});
