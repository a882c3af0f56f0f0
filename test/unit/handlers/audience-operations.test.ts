import * as z from 'zod';
import { accountAudienceSchema, breakoutAudienceSchema, eventAudienceSchema } from '../../../lambda/contract/api/audience.ts';
import { noAudience, precisions, type Audience } from '../../../lambda/domain/audience/audience.ts';
import { addHash, emptySketch, type Sketch } from '../../../lambda/domain/audience/sketch.ts';
import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import { notFound } from '../../../lambda/domain/shared/caller.ts';
import type { DeliveryLogRow } from '../../../lambda/domain/usage/delivery-log.ts';
import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import type { MetricName } from '../../../lambda/domain/usage/metric-series.ts';
import type { Measures } from '../../../lambda/domain/usage/measures.ts';
import { audienceOperations } from '../../../lambda/handlers/http/audience-operations.ts';
import { aCamPipeline } from '../../support/shows/a-cam-plan.ts';
import { aCaller, anAccount, anEvent } from '../../support/shows/a-plan.ts';
import { aWatchedShow } from '../../support/shows/a-watched-show.ts';
import { aMinuteSeries } from '../../support/usage/minute-series.ts';
import { memoryAudienceStore } from '../../support/usage/memory-audience-store.ts';
import { memoryDeliveryLog } from '../../support/usage/memory-delivery-log.ts';
import { memoryUsageStore } from '../../support/usage/memory-usage-store.ts';
import { someHashes } from '../../support/usage/some-hashes.ts';

const sketchOf = (first: number, count: number, precision: number = precisions.viewers): Sketch => {
  const sketch = emptySketch(precision);
  for (const { high, low } of someHashes(first, count)) addHash(sketch, high, low);
  return sketch;
};

const anAudience = (overrides: Partial<Audience> = {}): Audience => ({
  ...noAudience(),
  live: sketchOf(0, 10),
  onDemand: sketchOf(8, 4),
  families: { ...noAudience().families, device: new Map([['PHONE', sketchOf(0, 3, precisions.family)], ['TELEVISION', sketchOf(3, 7, precisions.family)]]) },
  peak: { sessions: 9, at: Date.parse('2026-11-23T10:12:00Z') },
  watermark: Date.parse('2026-11-23T10:14:00Z'),
  ...overrides,
});

const setUp = async ({ booked = {}, breakout, views }: { readonly booked?: Measures; readonly breakout?: Partial<Breakout>; readonly views?: readonly (number | null)[] } = {}) => {
  const show = await aWatchedShow({ breakout: { startedAt: '2026-11-23T10:01:00.000Z', ...breakout } });
  const log = memoryDeliveryLog();
  const audiences = memoryAudienceStore();
  const { distributionId } = show.pipeline.delivery;
  const event = anEvent({ eventId: show.breakout.eventId });
  const account = anAccount({ accountId: show.breakout.accountId });
  const level = async () => ({ measures: booked });
  const metrics = {
    sumsByMinute: async (_region: string, names: readonly MetricName[], window: Interval) => names.map(({ name }) => aMinuteSeries(window, name === 'Requests' ? { 8: 200n, 9: 200n } : { 3: 4000n })),
  };
  const operations = audienceOperations({
    ...show.deps, ...(views ? { pipelines: { get: async () => aCamPipeline() }, runs: { list: async () => [] } } : {}), audiences, metrics,
    statistics: { read: async (_region: string, _wanted: unknown, { from, to }: Interval) => [{ values: (views ?? []).slice((from - Date.parse('2026-11-23T10:08:00Z')) / 60_000, (to - Date.parse('2026-11-23T10:08:00Z')) / 60_000), isComplete: true }] }, logs: log.store,
    usage: { ...memoryUsageStore(), breakoutUsage: level, eventUsage: level, accountUsage: level },
    events: { get: async () => ({ event, bookingRevision: 0 }) },
    accounts: {
      get: async (accountId) => {
        if (accountId !== account.accountId) throw notFound('account', accountId);
        return account;
      },
    },
    now: () => Date.parse('2026-11-23T10:20:30.000Z'),
  });
  const ask = async (operation: keyof typeof operations, params: Record<string, string>, query: Record<string, string> = {}, caller = aCaller()) =>
    JSON.parse((await operations[operation]({ caller, params, query, headers: {}, requestId: 'request-1' } as never)).body);
  return { ...show, ...log, audiences, distributionId, event, account, ask };
};

describe('getBreakoutAudience', () => {
  it('tells who watched, with labels, errors and completeness', async () => {
    const { breakout, audiences, ask, store, distributionId } = await setUp();
    await audiences.join({ kind: 'BREAKOUT', id: breakout.breakoutId }, '2026-11', anAudience());
    const row: DeliveryLogRow = { minute: Date.parse('2026-11-23T10:05:00Z'), breakoutId: breakout.breakoutId, kind: 'AUDIENCE', geography: 'US', protocol: 'https', result: 'Hit', requests: 1n, bytes: 3000n };
    await store.keep({ distributionId, source: 'a.gz', hour: '2026-11-23T10', requests: 1, rows: [row] });
    await store.setAside({ distributionId, source: 'b.gz', hour: '2026-11-23T10', reason: 'truncated', message: 'it ends', at: '2026-11-23T10:15:00.000Z' });

    const body = z.strictObject(breakoutAudienceSchema.shape).parse(await ask('getBreakoutAudience', { breakoutId: breakout.breakoutId }));

    expect(body).toMatchObject({
      month: null,
      watermark: '2026-11-23T10:14:00.000Z',
      completeness: { ratio: '0.75', loggedBytes: '3000', totalBytes: '4000', basis: 'MEASURED' },
      uniqueViewers: { value: 12, label: 'ESTIMATE', standardErrorPercent: 0.8, ofShow: 10, ofRecordings: 4, byAddress: 0 },
      peakConcurrentSessions: { value: 9, at: '2026-11-23T10:12:00.000Z', standardErrorPercent: 1.6 },
      devices: [{ family: 'TELEVISION', viewers: 7 }, { family: 'PHONE', viewers: 3 }],
      now: { at: '2026-11-23T10:18:00.000Z', viewers: { value: 10, label: 'ESTIMATE' }, joinsPerTwoMinutes: { value: 10, label: 'ESTIMATE' } },
      logFilesSetAside: [{ hour: '2026-11-23T10', reason: 'truncated' }],
      uncounted: [],
    });
  });

  it('says that nothing is known rather than nobody watched', async () => {
    const { breakout, ask } = await setUp({ breakout: { status: 'SCHEDULED' } });

    expect(await ask('getBreakoutAudience', { breakoutId: breakout.breakoutId }, { month: '2026-10' })).toMatchObject({ month: '2026-10', watermark: null, completeness: null, uniqueViewers: null, peakConcurrentSessions: null, devices: [] });
  });

  it('tells how many IVS counted on a Cam pipeline', async () => {
    const { breakout, ask } = await setUp({ views: [3, null, 7, null] });

    const { now } = breakoutAudienceSchema.parse(await ask('getBreakoutAudience', { breakoutId: breakout.breakoutId }));

    expect(now).toMatchObject({ at: '2026-11-23T10:11:00.000Z', manifestSeconds: null, viewers: { value: 7, label: 'COUNT' }, joinsPerTwoMinutes: null });
  });

  it('says of a Cam show that who watched it live is not known, beside who watched its recording', async () => {
    const { breakout, audiences, ask } = await setUp({ views: [3] });
    await audiences.join({ kind: 'BREAKOUT', id: breakout.breakoutId }, '2026-11', anAudience({ live: sketchOf(0, 0), peak: undefined }));

    const body = breakoutAudienceSchema.parse(await ask('getBreakoutAudience', { breakoutId: breakout.breakoutId }));

    expect(body).toMatchObject({ uniqueViewers: { value: 4, ofShow: null, ofRecordings: 4 }, uncounted: ['CAM_SHOWS'] });
  });

  it.each([[[3, null, 7, null]], [undefined]])('takes nobody for its viewer who watched the show before it (%s)', async (views) => {
    const { breakout, ask } = await setUp({ breakout: { startRequestedAt: '2026-11-23T10:18:20.000Z' }, ...(views === undefined ? {} : { views }) });

    expect(await ask('getBreakoutAudience', { breakoutId: breakout.breakoutId })).toMatchObject({ now: null });
  });

  it('goes by what was booked once usage is final', async () => {
    const ended = { status: 'COMPLETED' as const, stoppedAt: '2026-11-23T10:15:00.000Z', tailEndsAt: '2026-11-23T10:17:00.000Z' };
    const { breakout, ask } = await setUp({ booked: { finalProfiles: 1n, deliveryLoggedBytes: 99n, deliveryTotalBytes: 100n }, breakout: ended });

    expect(await ask('getBreakoutAudience', { breakoutId: breakout.breakoutId })).toMatchObject({ completeness: { ratio: '0.99', basis: 'BOOKED' }, now: null });
  });

  it('rejects what is another account\'s', async () => {
    const { breakout, event, account, ask } = await setUp();
    const stranger = aCaller({ accountId: 'acc_other' });

    await expect(ask('getBreakoutAudience', { breakoutId: breakout.breakoutId }, {}, stranger)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(ask('getEventAudience', { eventId: event.eventId }, {}, stranger)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(ask('getAccountAudience', { accountId: account.accountId }, {}, stranger)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('rejects a month that is none', async () => {
    const { breakout, ask } = await setUp();

    await expect(ask('getBreakoutAudience', { breakoutId: breakout.breakoutId }, { month: '2026-13' })).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});

describe('audiences above a breakout', () => {
  it('counts a viewer of an event once', async () => {
    const { event, audiences, ask } = await setUp({ booked: { deliveryLoggedBytes: 1n, deliveryTotalBytes: 2n } });
    await audiences.join({ kind: 'EVENT', id: event.eventId }, '2026-10', anAudience({ live: sketchOf(0, 10), onDemand: sketchOf(0, 0) }));
    await audiences.join({ kind: 'EVENT', id: event.eventId }, '2026-11', anAudience({ live: sketchOf(5, 10), onDemand: sketchOf(0, 0) }));

    const body = z.strictObject(eventAudienceSchema.shape).parse(await ask('getEventAudience', { eventId: event.eventId }));

    expect(body).toMatchObject({ uniqueViewers: { value: 15 }, completeness: { ratio: '0.5', basis: 'BOOKED' } });
  });

  it.each([
    { shows: 'Cam shows alone', booked: { streamingInputMilliseconds: 1n }, live: 0, ofShow: null },
    { shows: 'both kinds', booked: { streamingInputMilliseconds: 1n, streamingBillableMinutes: 1n }, live: 0, ofShow: 0 },
    { shows: 'a Pro show, too, that is not booked yet', booked: { streamingInputMilliseconds: 1n }, live: 3, ofShow: 3 },
  ])('say whose viewers are in no number, of $shows', async ({ booked, live, ofShow }) => {
    const { event, audiences, ask } = await setUp({ booked });
    await audiences.join({ kind: 'EVENT', id: event.eventId }, '2026-11', anAudience({ live: sketchOf(0, live) }));

    expect(eventAudienceSchema.parse(await ask('getEventAudience', { eventId: event.eventId }))).toMatchObject({ uniqueViewers: { ofShow, ofRecordings: 4 }, uncounted: ['CAM_SHOWS'] });
  });

  it('tells of an account by month, the present one unless told', async () => {
    const { account, audiences, ask } = await setUp();
    await audiences.join({ kind: 'ACCOUNT', id: account.accountId }, '2026-11', anAudience());

    const body = z.strictObject(accountAudienceSchema.shape).parse(await ask('getAccountAudience', { accountId: account.accountId }));

    expect(body).toMatchObject({ month: '2026-11', uniqueViewers: { value: 12 }, completeness: null });
    expect(await ask('getAccountAudience', { accountId: account.accountId }, { month: '2026-10' })).toMatchObject({ uniqueViewers: null });
  });
});
