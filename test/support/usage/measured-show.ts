import type { ChannelRun } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { PriceTerms } from '../../../lambda/domain/pricing/terms/price-terms.ts';
import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import type { Recording } from '../../../lambda/domain/recordings/recording.ts';
import type { DeliveryLogRow } from '../../../lambda/domain/usage/delivery-log.ts';
import { measureFinal, measureProvisional } from '../../../lambda/domain/usage/measure-breakout.ts';
import type { MetricName, MetricReader } from '../../../lambda/domain/usage/metric-series.ts';
import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import { listUsageLines } from '../../../lambda/domain/usage/read-usage.ts';
import { aChannelRun, aMeteredPipeline, aRecording, aStoppedBreakout } from './a-show.ts';
import { aPriceBook } from './a-price-book.ts';
import { aMinuteSeries } from './minute-series.ts';
import { itemIds } from './ids.ts';
import { memoryCamSources } from './memory-cam-sources.ts';
import { memoryMetricRechecks } from './memory-metric-rechecks.ts';
import { memoryMetricReadings } from './memory-metric-readings.ts';
import { memoryHoldingStore } from './memory-holding-store.ts';
import { memoryOnDemandTraffic } from './memory-overheads.ts';
import { memoryUsageHistory } from './memory-usage-history.ts';
import { memoryUsageStore } from './memory-usage-store.ts';
import { usageReader } from './usage-reader.ts';

/** A show of an hour from 10:00:30 whose edge delivered 2 GB in 100 requests, unless other metrics are read. */
export const measuredShow = ({ region = 'us-east-1', metrics }: { readonly region?: string; readonly metrics?: MetricReader } = {}) => {
  const world = {
    now: '2026-11-23T11:01:00.000Z',
    breakout: aStoppedBreakout(),
    runs: [aChannelRun()] as ChannelRun[],
    recording: aRecording() as Recording | undefined,
    rows: [] as DeliveryLogRow[],
    books: [aPriceBook()] as PriceBook[],
    terms: [] as PriceTerms[],
    isComplete: true,
    calls: 0,
    asked: [] as { region: string; metric: MetricName; window: Interval }[],
  };
  const sums: Record<string, bigint> = { IngressBytes: 3n << 30n, EgressBytes: 5n << 30n, BytesDownloaded: 2n << 30n, Requests: 100n };
  const usage = memoryUsageStore();
  const holdings = memoryHoldingStore();
  const deps = {
    breakouts: { get: async () => world.breakout },
    runs: { list: async () => world.runs },
    cam: memoryCamSources(),
    pipelines: { get: async (pipelineId: string) => (pipelineId === 'pl_main' ? aMeteredPipeline({ region }) : aMeteredPipeline({ pipelineId, region, packaging: { ...aMeteredPipeline().packaging, channelId: pipelineId }, delivery: { distributionId: `E-${pipelineId}`, baseUrl: 'https://d2.cloudfront.net' }, archive: { bucket: 'archive', keyPrefix: `${pipelineId}/archive`, rolloverSeconds: 300 } })) },
    recordings: { get: async () => world.recording },
    metrics: metrics ?? {
      sumsByMinute: async (asked: string, names: readonly MetricName[], window: Interval) => {
        world.calls += 1;
        world.asked.push(...names.map((metric) => ({ region: asked, metric, window })));
        return names.map(({ name, dimensions }) => {
          const minute = Object.values(dimensions).some((value) => value.includes('pl_spare')) ? '10:50' : '10:01';
          return aMinuteSeries(window, { [(Date.parse(`2026-11-23T${minute}:00Z`) - window.from) / 60_000]: sums[name] ?? 0n }, world.isComplete);
        });
      },
    },
    readings: memoryMetricReadings(),
    rechecks: memoryMetricRechecks(),
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
    history: memoryUsageHistory(usage.moves),
    holdings,
    onDemand: memoryOnDemandTraffic(),
    terms: { versions: async () => world.terms },
    books: { latest: async () => world.books.at(-1), inForce: async () => world.books.at(-1), get: async (_region: string, bookId: string) => world.books.find((book) => book.bookId === bookId) },
    recordingsBucket: 'recordings',
    recordingsColdDays: 0,
    pricedRegion: 'us-east-1',
    settleSeconds: 3_600,
    now: () => new Date(world.now),
  };
  const logged = (bytes: bigint, requests: bigint): DeliveryLogRow => ({
    minute: Date.parse('2026-11-23T10:01:00Z'), breakoutId: itemIds.breakout, kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', bytes, requests,
  });
  return {
    world, usage, holdings, deps, logged, metricSums: sums,
    provisional: () => measureProvisional(deps)(itemIds.breakout),
    final: (attempt = 1) => measureFinal(deps)({ breakoutId: itemIds.breakout, attempt }),
    breakoutUsage: () => usageReader(usage).breakout(),
    lines: async () => (await listUsageLines({ usage, now: () => Date.parse('2027-01-01T00:00:00Z') })(itemIds.breakout, { limit: 100 })).items,
  };
};
