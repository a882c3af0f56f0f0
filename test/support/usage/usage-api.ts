import type { Account } from '../../../lambda/domain/accounts/account.ts';
import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { PlannedEvent } from '../../../lambda/domain/events/event.ts';
import { notFound } from '../../../lambda/domain/shared/caller.ts';
import type { MetricName } from '../../../lambda/domain/usage/metric-series.ts';
import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import { bookProfile } from './book-profile.ts';
import { estimateShow } from '../../../lambda/domain/usage/reading/estimate-show.ts';
import { runningShows } from '../../../lambda/domain/usage/reading/running-shows.ts';
import { usageAt } from '../../../lambda/domain/usage/reading/usage-at.ts';
import type { MeasuredProfile } from '../../../lambda/domain/usage/usage-profile.ts';
import { usageOperations } from '../../../lambda/handlers/http/usage-operations.ts';
import type { OperationsOf } from '../../../lambda/platform/http/rest-handler.ts';
import { aCaller, anAccount, anEvent, aPipeline } from '../shows/a-plan.ts';
import { pageOf } from '../shows/memory-plans.ts';
import { memoryRuns } from '../shows/memory-runs.ts';
import { aPriceBook } from './a-price-book.ts';
import { aChannelRun, aStoppedBreakout } from './a-show.ts';
import { itemIds } from './ids.ts';
import { memoryCamSources } from './memory-cam-sources.ts';
import { memoryMetricReadings } from './memory-metric-readings.ts';
import { memoryPriceBooks } from './memory-price-books.ts';
import { memoryPriceTerms } from './memory-price-terms.ts';
import { memoryUsageHistory } from './memory-usage-history.ts';
import { memoryUsageStore } from './memory-usage-store.ts';
import { aMinuteSeries } from './minute-series.ts';

const found = <Thing>(things: ReadonlyMap<string, Thing>, kind: string, id: string): Thing => {
  const thing = things.get(id);
  if (!thing) throw notFound(kind, id);
  return thing;
};

/** The operations on usage over memory: one account with one event and one breakout, more where a test adds them. */
export const usageApi = () => {
  const world = {
    now: Date.parse('2026-11-23T12:00:00Z'),
    accounts: new Map<string, Account>([[itemIds.account, anAccount({ accountId: itemIds.account })]]),
    events: new Map<string, PlannedEvent>([[itemIds.event, anEvent({ eventId: itemIds.event, accountId: itemIds.account })]]),
    breakouts: new Map<string, Breakout>([[itemIds.breakout, aStoppedBreakout({ status: 'COMPLETED' })]]),
    holds: new Map<string, string>(),
    calls: [] as { region: string; names: readonly string[]; window: Interval }[],
    points: { 1: 1n << 30n } as Record<number, bigint>,
  };
  const usage = memoryUsageStore();
  const runs = memoryRuns();
  const base = {
    usage,
    runs,
    cam: memoryCamSources(),
    history: memoryUsageHistory(usage.moves),
    accounts: { get: async (id: string) => found(world.accounts, 'account', id), list: async (page: Parameters<typeof pageOf>[2]) => pageOf([...world.accounts.values()], ({ accountId }) => accountId, page) },
    events: {
      get: async (id: string) => ({ event: found(world.events, 'event', id), bookingRevision: 0 }),
      listByAccount: async (id: string, page: Parameters<typeof pageOf>[2]) => pageOf([...world.events.values()].filter(({ accountId }) => accountId === id), ({ eventId }) => eventId, page),
    },
    breakouts: {
      get: async (id: string) => found(world.breakouts, 'breakout', id),
      listByEvent: async (id: string, page: Parameters<typeof pageOf>[2]) => pageOf([...world.breakouts.values()].filter(({ eventId }) => eventId === id), ({ breakoutId }) => breakoutId, page),
      countByEvent: async (id: string) => [...world.breakouts.values()].filter(({ eventId }) => eventId === id).length,
    },
    pipelines: { get: async () => aPipeline(), list: async () => [aPipeline()] },
    holds: {
      get: async (pipelineId: string) => {
        const breakoutId = world.holds.get(pipelineId);
        return breakoutId === undefined ? undefined : { pipelineId, breakoutId, attempt: 1, accountId: itemIds.account, claimedAt: '2026-11-23T09:59:50.000Z' };
      },
    },
    metrics: {
      sumsByMinute: async (region: string, metrics: readonly MetricName[], window: Interval) => {
        world.calls.push({ region, names: metrics.map(({ name }) => name), window });
        return metrics.map(() => aMinuteSeries(window, world.points));
      },
    },
    readings: memoryMetricReadings(),
    logs: { rows: async () => [] },
    books: memoryPriceBooks(aPriceBook()),
    terms: memoryPriceTerms(),
    pricedRegion: 'us-east-1',
    now: () => world.now,
  };
  const estimate = estimateShow(base);
  const operations = usageOperations({ ...base, estimate, running: runningShows({ ...base, estimate }), known: usageAt(base) });
  const ask = async (operation: OperationsOf<'usage'>, params: Record<string, string> = {}, query: Record<string, string> = {}, caller = aCaller({ accountId: itemIds.account })) =>
    JSON.parse((await operations[operation]({ caller, params, query, headers: {}, requestId: 'request-1' } as never)).body);
  return { world, usage, runs, books: base.books, terms: base.terms, ask, book: (profile: MeasuredProfile) => bookProfile({ usage, now: () => new Date(world.now) })(profile) };
};

/** The same with the show on the air since 10:00:30, at 10:21:10. */
export const usageApiOnAir = async () => {
  const api = usageApi();
  const { stoppedAt: _stoppedAt, tailEndsAt: _tailEndsAt, ...breakout } = aStoppedBreakout({ status: 'RUNNING' });
  api.world.breakouts.set(itemIds.breakout, breakout);
  api.world.holds.set('pl_main', itemIds.breakout);
  api.world.now = Date.parse('2026-11-23T10:21:10.000Z');
  const { ended: _ended, ...run } = aChannelRun();
  await api.runs.begin(run);
  return api;
};
