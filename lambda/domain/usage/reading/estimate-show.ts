import type { Breakout } from '../../breakouts/breakout.ts';
import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import type { ChannelRun, ShowRun } from '../../breakouts/channel-run.ts';
import { hasEnded } from '../../breakouts/transition.ts';
import { bookOfShow, type BookOfShowDeps } from '../book-of-show.ts';
import { isoTime, minuteMilliseconds } from '../calendar-month.ts';
import { chargedLines } from '../charges/charged-lines.ts';
import { termsOf, type ChargeDeps } from '../charges/charge-profile.ts';
import type { MetricReading, MetricReadings } from '../metric-readings.ts';
import { differenceOf, sumMeasures, type Measures } from '../measures.ts';
import type { MinuteSeries } from '../metric-series.ts';
import { legFacts, measuredLegs, readRuns, shownLegs, type LegFacts, type ShownLeg, type ShowSources } from '../show-facts.ts';
import { showLines } from '../show-lines.ts';
import { hasSeriesOf, readShowMetrics, type MeasuredLeg } from '../show-metrics.ts';
import type { UsageLine } from '../usage-line.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';

/** What estimating a running show needs. */
export interface EstimateDeps extends Pick<ShowSources, 'runs' | 'cam' | 'metrics' | 'logs' | 'pipelines'>, ChargeDeps, BookOfShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly readings: MetricReadings;
  readonly usage: Pick<UsageStore, 'heads'>;
  readonly now: () => number;
}

/** What a show that is on the air used so far, as if it stopped now. In no roll-up. */
export interface ShowEstimate {
  readonly breakout: Breakout;
  readonly asOf: string;
  readonly lines: readonly UsageLine[];
  /** What of it is not booked, by month: what is on top of every level's booked usage. */
  readonly unbooked: (month: string | undefined) => Measures;
}

/** Metrics of a running show are read once a minute at most, however many ask. */
const readingMilliseconds = 60_000;

const isFresh = ({ readAt }: MetricReading, now: number): boolean => now - readAt < readingMilliseconds;

/**
 * The kept reading while it is young; then one caller makes a new one, and all others take the old one meanwhile, if
 * there is one: CloudWatch is asked once a minute, however many ask for a show.
 */
const liveReading = async (deps: EstimateDeps, breakoutId: string, legs: readonly MeasuredLeg[], now: number): Promise<MetricReading> => {
  const { readings } = deps;
  const kept = (await readings.get(breakoutId)) ?? { readAt: -Infinity, series: [] };
  const isEnough = isFresh(kept, now) && hasSeriesOf(kept, legs);
  if (legs.length === 0 || isEnough || !(await readings.claim(breakoutId, now, now - readingMilliseconds))) return kept;
  const reading = await readShowMetrics(deps, legs, now, kept);
  await readings.keep(breakoutId, reading);
  return reading;
};

/** A leg as far as a reading has its metrics: without them, nothing is known of its packaging and delivery yet. */
const knownLeg = (reading: MetricReading, { windows, ...leg }: ShownLeg): ShownLeg =>
  windows && hasSeriesOf(reading, [{ pipeline: leg.pipeline, windows }]) ? { ...leg, windows } : leg;

/** A show that has stopped is measured within minutes; one that was not after a day will not be. */
const measuredWithinMilliseconds = 86_400_000;

/** Whether a breakout can be one whose usage is estimated: it is on the air, or has stopped of late. */
const isOfLate = (breakout: Breakout, now: number): boolean => {
  const { startRequestedAt, stoppedAt, status } = breakout;
  if (startRequestedAt === undefined || status === 'SCHEDULED') return false;
  return stoppedAt === undefined ? !hasEnded(breakout) : now - Date.parse(stoppedAt) < measuredWithinMilliseconds;
};

const isBookedSinceStop = ({ stoppedAt }: Breakout, heads: readonly ProfileHead[]): boolean => stoppedAt !== undefined && heads.some(({ asOf }) => asOf >= stoppedAt);

/** A run that goes on counts up to now. */
const upTo = (now: number) => <Run extends ShowRun>(run: Run): Run => (run.started && !run.ended ? { ...run, ended: { at: isoTime(now), source: 'POLL' } } : run);

/** Says of the lines of runs that go on that they do. */
const runningOn = (runs: readonly ChannelRun[]) => {
  const keys = runs.filter(({ started, ended }) => started && !ended).map(({ attempt }) => `streaming/run-${attempt}/`);
  return (line: UsageLine): UsageLine => (keys.some((key) => line.key.startsWith(key)) ? { ...line, notes: ['still running: counted up to the moment of reading'] } : line);
};

/** The end of the newest minute that has a point in one of the series; where none has, up to when nothing can be said. */
const newestPoint = (series: readonly MinuteSeries[], from: number): number =>
  series.reduce((newest, { from: start, values }) => Math.max(newest, start + (values.findLastIndex((value) => value !== null) + 1) * minuteMilliseconds), from);

/** Facts whose watermarks are of the points that have come. */
const asFarAsKnown = ({ packaging, delivery, cam, ...leg }: LegFacts): LegFacts => ({
  ...leg,
  ...(cam ? { cam: { ...cam, watermark: newestPoint([cam.input, cam.delivered], cam.window.from) } } : {}),
  ...(packaging ? { packaging: { ...packaging, watermark: newestPoint([packaging.ingress, packaging.egress], packaging.window.from) } } : {}),
  ...(delivery ? { delivery: { ...delivery, watermark: newestPoint([delivery.bytes, delivery.requests], delivery.window.from) } } : {}),
});

const estimatedLines = async (deps: EstimateDeps, breakout: Breakout, heads: readonly ProfileHead[], now: number): Promise<readonly UsageLine[]> => {
  const { breakoutId } = breakout;
  const pipeline = await deps.pipelines.get(breakout.pipelineId);
  const { runs, camRuns, sessions } = await readRuns(deps, pipeline, breakoutId);
  const shown = await shownLegs(deps, { breakout, runs, camRuns, sessions }, now);
  const reading = await liveReading(deps, breakoutId, measuredLegs(shown), now);
  const legs = await Promise.all(shown.map((leg) => legFacts(deps, breakoutId, knownLeg(reading, leg), reading)));
  const facts = { breakout, pipeline, legs: legs.map(asFarAsKnown), runs: runs.map(upTo(now)), camRuns, sessions, recording: undefined, storage: [], holding: undefined };
  return showLines(facts, await bookOfShow(deps, heads)).map(runningOn(runs));
};

/** Every month of a show as the account's terms charge it. */
const chargedMonths = async (deps: EstimateDeps, accountId: string, lines: readonly UsageLine[], heads: readonly ProfileHead[]): Promise<readonly UsageLine[]> => {
  const months = [...Map.groupBy(lines, ({ month }) => month)];
  const charged = months.map(async ([month, part]) => chargedLines(part, await termsOf(deps)({ accountId, lines: part, head: heads.find((head) => head.month === month) })));
  return (await Promise.all(charged)).flat();
};

/** The categories that an estimate is of: the rest of a show's usage is what is booked of it. */
const estimatedCategories: ReadonlySet<string> = new Set(['streaming', 'packaging', 'delivery']);

const isEstimatedMeasure = (name: string): boolean => [...estimatedCategories].some((category) => name.startsWith(category));

const estimatedPart = (measures: Measures): Measures => Object.fromEntries(Object.entries(measures).filter(([name]) => isEstimatedMeasure(name)));

const within = (month: string | undefined) => (one: { readonly month: string }): boolean => month === undefined || one.month === month;

/** What a show used so far: from its start until its first measurement after the stop; undefined before and after. @throws UnavailableError */
export const estimateShow =
  (deps: EstimateDeps) =>
  async (breakout: Breakout): Promise<ShowEstimate | undefined> => {
    const now = deps.now();
    if (!isOfLate(breakout, now)) return undefined;
    const heads = await deps.usage.heads(breakout.breakoutId);
    if (isBookedSinceStop(breakout, heads)) return undefined;
    const lines = await chargedMonths(deps, breakout.accountId, await estimatedLines(deps, breakout, heads, now), heads);
    const borne = lines.filter(({ owner }) => owner === 'BREAKOUT');
    const unbooked = (month: string | undefined): Measures => {
      const booked = sumMeasures(heads.filter(within(month)).map(({ totals }) => totals));
      return differenceOf(sumMeasures(borne.filter(within(month)).map(({ adds }) => adds)), estimatedPart(booked));
    };
    return { breakout, asOf: isoTime(now), lines, unbooked };
  };
