import { breakoutUsageSchema, usageLineSchema } from '../../../../lambda/contract/api/usage.ts';
import type { ChannelRun } from '../../../../lambda/domain/breakouts/channel-run.ts';
import type { PriceBook } from '../../../../lambda/domain/pricing/price-book.ts';
import type { Recording } from '../../../../lambda/domain/recordings/recording.ts';
import type { DeliveryLogRow } from '../../../../lambda/domain/usage/delivery-log.ts';
import { measureFinal, measureProvisional } from '../../../../lambda/domain/usage/measure-breakout.ts';
import type { MetricName } from '../../../../lambda/domain/usage/metric-series.ts';
import type { Interval } from '../../../../lambda/domain/usage/calendar-month.ts';
import { listUsageLines, readAccountUsage, readBreakoutUsage, readEventUsage } from '../../../../lambda/domain/usage/read-usage.ts';
import { usageLineView } from '../../../../lambda/domain/usage/usage-line-view.ts';
import { aChannelRun, aMeteredPipeline, aRecording, aStoppedBreakout } from '../../../support/usage/a-show.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';

/** A show of an hour from 10:00:30 whose edge delivered 2 GB in 100 requests. */
const aWorld = () => {
  const world = {
    now: '2026-11-23T11:01:00.000Z',
    breakout: aStoppedBreakout(),
    runs: [aChannelRun()] as ChannelRun[],
    recording: aRecording() as Recording | undefined,
    rows: [] as DeliveryLogRow[],
    books: [aPriceBook()] as PriceBook[],
    isComplete: true,
    asked: [] as { region: string; metric: MetricName; window: Interval }[],
  };
  const sums: Record<string, bigint> = { IngressBytes: 3n << 30n, EgressBytes: 5n << 30n, BytesDownloaded: 2n << 30n, Requests: 100n };
  const usage = memoryUsageStore();
  const deps = {
    breakouts: { get: async () => world.breakout },
    runs: { list: async () => world.runs },
    pipelines: { get: async (pipelineId: string) => (pipelineId === 'pl_main' ? aMeteredPipeline() : aMeteredPipeline({ pipelineId, packaging: { ...aMeteredPipeline().packaging, channelId: pipelineId }, delivery: { distributionId: `E-${pipelineId}`, baseUrl: 'https://d2.cloudfront.net' }, archive: { bucket: 'archive', keyPrefix: `${pipelineId}/archive` } })) },
    recordings: { get: async () => world.recording },
    metrics: {
      sumsByMinute: async (region: string, metrics: readonly MetricName[], window: Interval) => {
        world.asked.push(...metrics.map((metric) => ({ region, metric, window })));
        return metrics.map(({ name }) => aMinuteSeries(window, { 1: sums[name] ?? 0n }, world.isComplete));
      },
    },
    logs: { rows: async () => world.rows },
    objects: {
      list: async (bucket: string) =>
        bucket === 'archive'
          ? [
              { key: 'pl_main/archive-20261123T100030_000000.ts', bytes: 1n << 30n, storedAt: Date.parse('2026-11-23T11:00:30Z') },
              { key: 'pl_main/archive-20261122T100030_000000.ts', bytes: 9n << 30n, storedAt: Date.parse('2026-11-22T11:00:30Z') },
            ]
          : [{ key: 'made.mp4', bytes: 1n << 29n, storedAt: Date.parse('2026-11-23T11:10:00Z') }],
    },
    usage,
    books: { latest: async () => world.books.at(-1), get: async (_region: string, bookId: string) => world.books.find((book) => book.bookId === bookId) },
    recordingsBucket: 'recordings',
    pricedRegion: 'us-east-1',
    settleSeconds: 3_600,
    now: () => new Date(world.now),
  };
  const logged = (bytes: bigint, requests: bigint): DeliveryLogRow => ({
    minute: Date.parse('2026-11-23T10:01:00Z'), breakoutId: itemIds.breakout, geography: 'US', protocol: 'https', result: 'Hit', bytes, requests,
  });
  return {
    world, usage, logged,
    provisional: () => measureProvisional(deps)(itemIds.breakout),
    final: (attempt = 1) => measureFinal(deps)({ breakoutId: itemIds.breakout, attempt }),
    breakoutUsage: () => readBreakoutUsage({ usage })(itemIds.breakout),
    lines: async () => (await listUsageLines({ usage })(itemIds.breakout, { limit: 100 })).items,
  };
};

/** The same hour, of which the last 20 minutes ran on a spare pipeline. */
const changed = () => {
  const given = aWorld();
  const { world } = given;
  const left = { attempt: 1, pipelineId: 'pl_main', startRequestedAt: '2026-11-23T09:59:50.000Z', leftAt: '2026-11-23T10:40:00.000Z', stoppedAt: '2026-11-23T10:40:30.000Z', tailEndsAt: '2026-11-23T10:42:06.000Z' };
  world.breakout = aStoppedBreakout({ attempt: 2, pipelineId: 'pl_spare', startRequestedAt: '2026-11-23T10:40:00.000Z', earlierLegs: [left] });
  world.runs = [
    aChannelRun({ ended: { at: '2026-11-23T10:40:30.000Z', source: 'EVENT' } }),
    aChannelRun({ attempt: 2, pipelineId: 'pl_spare', requestedAt: '2026-11-23T10:40:00.000Z', started: { at: '2026-11-23T10:41:00.000Z', source: 'EVENT' } }),
  ];
  return given;
};

describe('measuring a show that changed its pipeline', () => {
  it('sums its runs, each on its own pipeline and in its own window', async () => {
    const { final, lines, breakoutUsage, world } = changed();
    world.now = '2026-11-23T12:30:00.000Z';
    world.isComplete = true;
    world.rows = [];
    await final(2);
    world.now = '2026-11-23T14:30:00.000Z';

    await final(2);

    expect((await breakoutUsage()).categories).toMatchObject({ streaming: { runMilliseconds: String((40 * 60 + 19 * 60 + 30) * 1000) }, packaging: { ingressBytes: String(6n << 30n), gigabytes: '16' }, delivery: { bytes: String(4n << 30n), requests: '200' } });
    expect((await lines()).map(({ key }) => key).filter((key) => /time|ingress|edge/.test(key)).sort()).toEqual([
      'delivery/edge', 'delivery/run-2/edge', 'packaging/ingress', 'packaging/run-2/ingress', 'streaming/run-1/time', 'streaming/run-2/time',
    ]);
    const windows = world.asked.filter(({ metric }) => metric.name === 'BytesDownloaded').slice(-2);
    expect(windows.map(({ metric, window }) => [metric.dimensions['DistributionId'], new Date(window.from).toISOString().slice(11, 16), new Date(window.to).toISOString().slice(11, 16)])).toEqual([
      ['E2ABCDEFGH', '09:59', '10:43'],
      ['E-pl_spare', '10:40', '11:03'],
    ]);
  });

  it('leaves it to the last attempt, and to a time when all tails have ended', async () => {
    const { final, lines, world } = changed();
    world.now = '2026-11-23T14:30:00.000Z';

    expect(await final(1)).toBe('DONE');
    expect(await lines()).toEqual([]);
    world.now = '2026-11-23T10:42:00.000Z';
    expect(await final(2)).toBe('PENDING');
  });
});

describe('measuring a breakout', () => {
  it('books five categories that read the same at breakout, event and account', async () => {
    const { provisional, usage, breakoutUsage } = aWorld();

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
    expect((await readEventUsage({ usage })(itemIds.event)).categories).toEqual(read.categories);
    expect((await readAccountUsage({ usage })(itemIds.account, '2026-11')).totalUsd).toBe(read.totalUsd);
  });

  it('asks for whole minutes: the packager from the run on, the edge from the claim on, CloudFront in us-east-1', async () => {
    const { provisional, world } = aWorld();
    world.now = '2026-11-23T11:30:00.000Z';

    await provisional();

    expect(world.asked.map(({ region, metric, window }) => [region, metric.name, new Date(window.from).toISOString(), new Date(window.to).toISOString()])).toEqual([
      ['us-east-1', 'IngressBytes', '2026-11-23T10:00:00.000Z', '2026-11-23T11:03:00.000Z'],
      ['us-east-1', 'EgressBytes', '2026-11-23T10:00:00.000Z', '2026-11-23T11:03:00.000Z'],
      ['us-east-1', 'BytesDownloaded', '2026-11-23T09:59:00.000Z', '2026-11-23T11:03:00.000Z'],
      ['us-east-1', 'Requests', '2026-11-23T09:59:00.000Z', '2026-11-23T11:03:00.000Z'],
    ]);
  });

  it('changes nothing when it is measured again', async () => {
    const { provisional, usage, world } = aWorld();

    await provisional();
    world.now = '2026-11-23T11:05:00.000Z';
    world.asked.length = 0;
    await provisional();
    const moves = usage.moves.length;
    await provisional();

    expect(usage.moves).toHaveLength(moves);
  });

  it('is final when the logs have all that the edge counted', async () => {
    const { final, world, logged, breakoutUsage } = aWorld();
    world.now = '2026-11-23T12:01:00.000Z';

    world.rows = [logged(1n << 30n, 60n)];
    expect(await final()).toBe('PENDING');
    world.rows = [logged(2n << 30n, 100n)];
    expect(await final()).toBe('DONE');

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { delivery: { completeness: '1', unloggedBytes: '0' } } });
  });

  it('becomes final with its completeness when logs never come', async () => {
    const { final, world, logged, breakoutUsage } = aWorld();
    world.rows = [logged(1n << 30n, 60n)];
    world.now = '2026-11-23T13:00:40.000Z';

    expect(await final()).toBe('DONE');

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { delivery: { completeness: '0.5' } } });
  });

  it('waits for metrics that the service calls partial', async () => {
    const { final, world, logged } = aWorld();
    world.rows = [logged(2n << 30n, 100n)];
    world.isComplete = false;
    world.now = '2026-11-23T12:01:00.000Z';

    expect(await final()).toBe('PENDING');
  });

  it('measures the same finally, whenever it is asked', async () => {
    const { final, usage, world, logged } = aWorld();
    world.rows = [logged(2n << 30n, 100n)];

    for (const now of ['2026-11-23T12:01:00.000Z', '2026-11-23T12:07:00.000Z', '2026-11-24T08:00:00.000Z']) {
      world.now = now;
      await final();
    }

    expect(usage.moves).toHaveLength(1);
  });

  it('keeps to the price book that it was first rated with', async () => {
    const { provisional, final, world, logged, lines } = aWorld();
    await provisional();
    world.books.push(aPriceBook({ bookId: 'us-east-1@2026-11-23T11:30:00.000Z', rates: [] }));
    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-11-23T12:01:00.000Z';

    await final();

    expect(new Set((await lines()).flatMap(({ rate }) => rate?.priceBookId ?? []))).toEqual(new Set([aPriceBook().bookId]));
  });

  it('keeps quantities without a price book, and says that they are unpriced', async () => {
    const { provisional, world, breakoutUsage } = aWorld();
    world.books = [];

    await provisional();

    expect(await breakoutUsage()).toMatchObject({
      totalUsd: '0',
      categories: { streaming: { hours: '1', usd: null } },
      unpriced: [{ category: 'streaming', lines: '2' }, { category: 'packaging', lines: '2' }, { category: 'delivery', lines: '4' }, { category: 'conversion', lines: '1' }, { category: 'storage', lines: '4' }],
    });
  });

  it('explains every charge', async () => {
    const { provisional, lines } = aWorld();
    await provisional();

    for (const line of (await lines()).map(usageLineView)) {
      expect(usageLineSchema.parse(line)).toBeTruthy();
      if (line.usd === undefined) continue;
      expect(line).toMatchObject({ quantity: expect.anything() as unknown, billable: expect.anything() as unknown, rounding: expect.stringMatching(/^half-even/) as unknown });
      expect(line.rate).toMatchObject({ sku: expect.any(String) as unknown, rateCode: expect.any(String) as unknown, priceBookId: aPriceBook().bookId });
    }
  });

  it('keeps the raw minutes with the version', async () => {
    const { provisional, usage } = aWorld();

    await provisional();

    expect(usage.moves[0]?.series.map(({ name, periodSeconds, values }) => [name, periodSeconds, values[1]])).toEqual([
      ['packaging/ingress', 60, 3n << 30n], ['packaging/egress', 60, 5n << 30n], ['delivery/bytes', 60, 2n << 30n], ['delivery/requests', 60, 100n],
    ]);
  });

  it('books what is stored when the channel never ran', async () => {
    const { final, world, breakoutUsage } = aWorld();
    const { started: _started, ended: _ended, ...neverRan } = aChannelRun();
    world.runs = [neverRan];
    world.recording = undefined;
    world.now = '2026-11-23T14:00:00.000Z';

    expect(await final()).toBe('DONE');

    expect((await breakoutUsage()).categories).toMatchObject({ streaming: null, packaging: null, delivery: null, conversion: null, storage: { usd: expect.any(String) as unknown } });
  });

  it('waits while the channel still runs', async () => {
    const { final, world } = aWorld();
    const { ended: _ended, ...running } = aChannelRun();
    world.runs = [running];

    expect(await final()).toBe('PENDING');
  });

  it('puts a show over the end of a month on both sides and sums them in all', async () => {
    const { provisional, world, usage, breakoutUsage } = aWorld();
    world.breakout = aStoppedBreakout({ startRequestedAt: '2026-11-30T23:29:00.000Z', stoppedAt: '2026-12-01T00:30:10.000Z', tailEndsAt: '2026-12-01T00:31:46.000Z' });
    world.runs = [aChannelRun({ requestedAt: '2026-11-30T23:29:50.000Z', started: { at: '2026-11-30T23:30:00.000Z', source: 'EVENT' }, ended: { at: '2026-12-01T00:30:00.000Z', source: 'EVENT' } })];
    world.recording = undefined;
    world.now = '2026-12-01T00:31:00.000Z';

    await provisional();

    const months = await Promise.all(['2026-11', '2026-12'].map((month) => readBreakoutUsage({ usage })(itemIds.breakout, month)));
    expect(months.map(({ categories }) => categories.streaming?.billableMinutes)).toEqual(['30', '30']);
    expect((await breakoutUsage()).categories.streaming).toMatchObject({ hours: '1', billableMinutes: '60', usd: '0.5616' });
  });

  it('rejects a period that is none', async () => {
    const { usage } = aWorld();

    await expect(readBreakoutUsage({ usage })(itemIds.breakout, '2026-13')).rejects.toThrow(/expected TOTAL or a UTC month/);
  });
});
