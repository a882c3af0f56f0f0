import fc from 'fast-check';
import { legsOf } from '../../../../../lambda/domain/breakouts/show-leg.ts';
import type { Interval } from '../../../../../lambda/domain/usage/calendar-month.ts';
import { borneByShow } from '../../../../../lambda/domain/usage/cam/cam-facts.ts';
import { camDeliveredMetric, camInputMetric } from '../../../../../lambda/domain/usage/cam/cam-metrics.ts';
import { sumMeasures } from '../../../../../lambda/domain/usage/measures.ts';
import { camOutputLines } from '../../../../../lambda/domain/usage/meters/cam-delivery-meter.ts';
import { camInputLines } from '../../../../../lambda/domain/usage/meters/cam-meter.ts';
import { camOverheadLines } from '../../../../../lambda/domain/usage/meters/cam-overhead-meter.ts';
import { countCamDay } from '../../../../../lambda/domain/usage/overheads/count-cam-day.ts';
import { legWindows } from '../../../../../lambda/domain/usage/show-window.ts';
import { aCamRun, aStreamSession } from '../../../../support/shows/a-cam-plan.ts';
import { aPriceBook } from '../../../../support/usage/a-price-book.ts';
import { aStoppedBreakout } from '../../../../support/usage/a-show.ts';
import { camWorld } from '../../../../support/usage/cam-world.ts';

const began = Date.parse('2026-11-25T00:00:00Z');
const second = 1_000;
const minute = 60_000;
const dayMinutes = 24 * 60;
const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';
const iso = (at: number): string => new Date(at).toISOString();

/** A turn at the channel: seconds until somebody streams, for how long, and whether that is a show's, with its lead and its tail. */
const turn = fc.record({
  idleSeconds: fc.integer({ min: 300, max: 10_000 }),
  streamedSeconds: fc.integer({ min: 0, max: 6_000 }),
  isShow: fc.boolean(),
  /** Nobody streams into a show that is silent. */
  isSilent: fc.boolean(),
  leadSeconds: fc.integer({ min: 1, max: 280 }),
  tailSeconds: fc.integer({ min: 0, max: 100 }),
});

const aWorld = (turns: readonly (typeof turn extends fc.Arbitrary<infer Turn> ? Turn : never)[]) => {
  const world = camWorld();
  const shows: { readonly breakoutId: string; readonly claimed: number; readonly from: number; readonly to: number; readonly tail: number }[] = [];
  let now = began;
  const listed = turns.flatMap(({ idleSeconds, streamedSeconds, isShow, isSilent, leadSeconds, tailSeconds }, index) => {
    const from = now + idleSeconds * second;
    const to = from + streamedSeconds * second;
    const tail = to + tailSeconds * second;
    if (isShow) shows.push({ breakoutId: `bko_${index}`, claimed: from - leadSeconds * second, from, to, tail });
    now = tail;
    return isShow && isSilent ? [] : [{ streamId: `st-${index}`, startedAt: iso(from), endedAt: iso(to), hasErrors: false }];
  });
  world.listed = listed;
  world.runs = shows.map(({ breakoutId, claimed, from, to }) => aCamRun({ breakoutId, requestedAt: iso(claimed), started: { at: iso(Math.min(from, claimed + second)), source: 'POLL' }, ended: { at: iso(to), source: 'POLL' } }));
  world.kept = shows.flatMap(({ breakoutId, from, to }) => listed.filter(({ startedAt }) => startedAt === iso(from)).map(({ streamId }) => aStreamSession({ breakoutId, streamId, startedAt: iso(from), endedAt: iso(to) })));
  const breakouts = shows.map(({ breakoutId, claimed, to, tail }) => aStoppedBreakout({ breakoutId, pipelineId: 'pl_cam', startRequestedAt: iso(claimed), stoppedAt: iso(to), tailEndsAt: iso(tail) }));
  return { world, breakouts };
};

describe('a day of a Cam channel', () => {
  it('is what shows bear and what the platform bears, to the last millisecond', async () => {
    const points = fc.array(fc.record({ at: fc.integer({ min: 0, max: dayMinutes - 1 }), input: fc.integer({ min: 0, max: 60_000 }), delivered: fc.bigInt({ min: 0n, max: 1n << 40n }), toldPercent: fc.integer({ min: 0, max: 100 }) }), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 5 }), points, async (turns, minutes) => {
        const { world, breakouts } = aWorld(turns);
        for (const { at, input, delivered, toldPercent } of minutes) {
          world.input.set(began + at * minute, BigInt(input));
          world.delivered.set(began + at * minute, delivered);
          const told = world.byCountry.get('DE') ?? new Map<number, bigint>();
          world.byCountry.set('DE', told.set(began + at * minute, (delivered * BigInt(toldPercent)) / 100n));
        }
        const day = { from: began, to: began + dayMinutes * minute };
        const known = { kind: 'CAM', pipelineId: 'pl_cam', region: 'us-east-1', channelArn, channelType: 'BASIC', knownSince: 0, lastSeenAt: day.to } as const;

        await countCamDay({
          cam: world.deps,
          breakouts: { get: async (breakoutId) => breakouts.find((one) => one.breakoutId === breakoutId)! },
          holds: { claimedIn: async () => world.runs.map(({ breakoutId, attempt, requestedAt: claimedAt }) => ({ pipelineId: 'pl_cam', breakoutId, attempt, accountId: 'acc_1', claimedAt })) },
          metrics: { sumsByMinute: async (_region, metrics, window) => metrics.map((metric) => world.series(metric, window)) },
          now: () => new Date(day.to + 2 * 3_600_000),
        })(known, '2026-11-25');

        const overheads = camOverheadLines(await world.deps.days.month('cam-pipeline/pl_cam', '2026-11'), '2026-11', aPriceBook());
        const ofShows = breakouts.flatMap((breakout, index) => {
          const sessions = world.kept.filter(({ breakoutId }) => breakoutId === breakout.breakoutId);
          const window = borneByShow(legWindows(legsOf(breakout)[0]!, world.runs[index], day.to)!, sessions);
          const own = sessions.map(({ streamId, startedAt, endedAt }) => ({ streamId, from: Date.parse(startedAt), to: Date.parse(endedAt!) }));
          const cut = (country?: string) => world.series(camDeliveredMetric('AbCdef1G2hij', country), window);
          const facts = { scope: '', channel: { channelArn, type: 'BASIC' as const }, sessions: own, window, input: world.series(camInputMetric('AbCdef1G2hij'), window), delivered: cut(), deliveredByCountry: [{ country: 'DE', series: cut('DE') }], watermark: day.to };
          return [...camInputLines(facts, 'us-east-1', aPriceBook()), ...camOutputLines(facts, 'us-east-1', aPriceBook())];
        });
        const inDay = ({ from, to }: Interval): boolean => from >= day.from && to <= day.to;
        const sessions = world.listed.map(({ startedAt, endedAt }) => ({ from: Date.parse(startedAt), to: Date.parse(endedAt!) }));
        fc.pre(sessions.every(inDay));
        const sums = sumMeasures([...overheads, ...ofShows].map(({ adds }) => adds));

        expect(sums.streamingDeliveredMilliseconds ?? 0n).toBe([...world.delivered.values()].reduce((sum, one) => sum + one, 0n));
        expect(sums.streamingRunMilliseconds).toBe(BigInt(sessions.reduce((sum, { from, to }) => sum + to - from, 0)));
        const streamedIn = (at: number): number => sessions.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, at + minute) - Math.max(from, at)), 0);
        const expected = Array.from({ length: dayMinutes }, (_, index) => began + index * minute).reduce((sum, at) => sum + (world.input.get(at) ?? BigInt(streamedIn(at))), 0n);
        expect(sums.streamingInputMilliseconds).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });
});
