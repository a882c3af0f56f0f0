import type { Interval } from '../calendar-month.ts';
import { cloudFrontRegion, deliveryMetric } from '../delivery-metric.ts';
import { sumOver, type MetricReader, type MinuteSeries } from '../metric-series.ts';
import type { OverheadDay } from './overhead-day.ts';

/** What a distribution counted of a day. */
type DistributionDay = Pick<OverheadDay, 'total' | 'isComplete'>;

/** Minutes can be asked for over 15 days; an hour is left for the asking. */
const minutesKeptMilliseconds = 15 * 86_400_000 - 3_600_000;

const sumIn = (series: MinuteSeries, windows: readonly Interval[]): bigint => windows.reduce((sum, window) => sum + (sumOver(series, window).sum ?? 0n), 0n);

/** What a distribution sent in windows of a day: as it was counted before when its minutes are kept no longer. @throws UnavailableError */
export const readDistributionDay = async (
  { metrics, now }: { readonly metrics: MetricReader; readonly now: () => Date },
  distributionId: string,
  { whole, windows, before }: { readonly whole: Interval; readonly windows: readonly Interval[]; readonly before: DistributionDay | undefined },
): Promise<DistributionDay> => {
  if (before && whole.from < now().getTime() - minutesKeptMilliseconds) return { total: before.total, isComplete: before.isComplete };
  const [bytes, requests] = await metrics.sumsByMinute(cloudFrontRegion, [deliveryMetric(distributionId, 'BytesDownloaded'), deliveryMetric(distributionId, 'Requests')], whole);
  if (!bytes || !requests) throw new RangeError('asked for 2 metrics, got fewer series');
  return { total: { bytes: sumIn(bytes, windows), requests: sumIn(requests, windows) }, isComplete: bytes.isComplete && requests.isComplete };
};
