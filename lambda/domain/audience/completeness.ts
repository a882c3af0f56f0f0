import type { Breakout } from '../breakouts/breakout.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import { formatDecimal, fraction } from '../pricing/fraction.ts';
import { minuteMilliseconds, type Interval } from '../usage/calendar-month.ts';
import type { DeliveryLogStore, SetAsideLogFile } from '../usage/delivery-log.ts';
import { cloudFrontRegion, deliveryMetric } from '../usage/delivery-metric.ts';
import { sumOver, type MetricReader } from '../usage/metric-series.ts';
import { legWindows } from '../usage/show-window.ts';
import type { UsageLevel } from '../usage/usage-store.ts';

/** How much of what the edge delivered of a show the logs tell of: what they tell of other paths is in neither sum. */
export interface Completeness {
  /** Logged over total bytes, as an exact decimal; null without traffic. May pass 1 while metrics come later than logs. */
  readonly ratio: string | null;
  readonly loggedBytes: bigint;
  readonly totalBytes: bigint;
  /** MEASURED: metrics and logs as they are now. BOOKED: as usage was last booked. */
  readonly basis: 'MEASURED' | 'BOOKED';
}

/** Where a show's completeness is read. */
export interface CompletenessSources {
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'list'>;
  readonly metrics: MetricReader;
  readonly logs: Pick<DeliveryLogStore, 'rows' | 'filesSetAside'>;
}

/** A distribution while a show held it. */
export interface HeldDistribution {
  /** Whose show it is. */
  readonly breakoutId: string;
  readonly distributionId: string;
  readonly window: Interval;
}

const places = 9;

/** Minutes can be asked for over 15 days; one is left for the asking. */
const minutesKeptMilliseconds = 15 * 86_400_000 - minuteMilliseconds;

const ratioOf = (logged: bigint, total: bigint): string | null => (total === 0n ? null : formatDecimal(fraction(logged, total), places));

/** The distributions that a show held, and when: one for each of its legs whose channel ran. */
export const heldDistributions = async ({ pipelines, runs }: Pick<CompletenessSources, 'pipelines' | 'runs'>, breakout: Breakout, now: number): Promise<readonly HeldDistribution[]> => {
  const all = await runs.list(breakout.breakoutId);
  const held = legsOf(breakout).map(async (leg): Promise<readonly HeldDistribution[]> => {
    const windows = legWindows(leg, all.find(({ attempt }) => attempt === leg.attempt), now);
    if (!windows) return [];
    const pipeline = await pipelines.get(leg.pipelineId);
    if (pipeline.kind === 'CAM') return [];
    return [{ breakoutId: breakout.breakoutId, distributionId: pipeline.delivery.distributionId, window: windows.delivery }];
  });
  return (await Promise.all(held)).flat();
};

/** What is booked of a level; undefined while nothing is. */
export const bookedCompleteness = ({ measures: { deliveryLoggedBytes, deliveryTotalBytes } }: UsageLevel): Completeness | undefined =>
  deliveryLoggedBytes === undefined || deliveryTotalBytes === undefined
    ? undefined
    : { ratio: ratioOf(deliveryLoggedBytes, deliveryTotalBytes), loggedBytes: deliveryLoggedBytes, totalBytes: deliveryTotalBytes, basis: 'BOOKED' };

/** What metrics and logs tell now; undefined where no distribution was held, or when minutes are no longer kept. @throws UnavailableError */
export const measuredCompleteness = async ({ metrics, logs }: CompletenessSources, held: readonly HeldDistribution[], now: number): Promise<Completeness | undefined> => {
  if (held.length === 0 || held.some(({ window }) => window.from < now - minutesKeptMilliseconds)) return undefined;
  const parts = await Promise.all(
    held.map(async ({ breakoutId, distributionId, window }) => {
      const [series] = await metrics.sumsByMinute(cloudFrontRegion, [deliveryMetric(distributionId, 'BytesDownloaded')], window);
      const rows = await logs.rows(distributionId, window);
      const bytesOf = (isOwn: boolean): bigint => rows.filter((row) => (row.breakoutId === breakoutId) === isOwn).reduce((sum, { bytes }) => sum + bytes, 0n);
      const total = (series && sumOver(series, window).sum) ?? 0n;
      const others = bytesOf(false);
      return { logged: bytesOf(true), total: total > others ? total - others : 0n };
    }),
  );
  const loggedBytes = parts.reduce((sum, { logged }) => sum + logged, 0n);
  const totalBytes = parts.reduce((sum, { total }) => sum + total, 0n);
  return { ratio: ratioOf(loggedBytes, totalBytes), loggedBytes, totalBytes, basis: 'MEASURED' };
};

/** The log files of the held distributions that cannot be counted. */
export const filesSetAside = async ({ logs }: Pick<CompletenessSources, 'logs'>, held: readonly HeldDistribution[]): Promise<readonly SetAsideLogFile[]> =>
  (await Promise.all(held.map(({ distributionId, window }) => logs.filesSetAside(distributionId, window)))).flat();
