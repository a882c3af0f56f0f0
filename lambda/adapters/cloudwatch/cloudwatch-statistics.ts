import type { CloudWatchClient, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { MetricStatistics, StatisticSeries } from '../../domain/monitoring/health/metric-statistics.ts';
import type { Interval } from '../../domain/usage/calendar-month.ts';
import { indexOf, readMetricData } from './metric-data.ts';

const seriesOf = (results: readonly MetricDataResult[], { from, to }: Interval, periodMilliseconds: number): StatisticSeries => {
  const points = new Map(results.flatMap(({ Timestamps = [], Values = [] }) => Timestamps.map((time, index) => [time.getTime(), Values[index]] as const)));
  const values = Array.from({ length: Math.ceil((to - from) / periodMilliseconds) }, (_, index) => points.get(from + index * periodMilliseconds) ?? null);
  // Pages before the last say PartialData; the last word counts.
  return { values, isComplete: results.at(-1)?.StatusCode === 'Complete' };
};

/** Reads statistics by GetMetricData, in one call and its pages: `cloudwatch:GetMetricData` (no resource-level permission). */
export const cloudWatchStatistics = (client: (region: string) => Pick<CloudWatchClient, 'send'>): MetricStatistics => ({
  async read(region, wanted, window, periodSeconds) {
    if (wanted.length === 0 || window.to <= window.from) return wanted.map(() => ({ values: [], isComplete: true }));
    const results = await readMetricData(client(region), wanted.map((one) => ({ ...one, periodSeconds })), window);
    return wanted.map((_, index) => seriesOf(results.filter((result) => indexOf(result) === index), window, periodSeconds * 1000));
  },
});
