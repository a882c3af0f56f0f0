import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Interval } from '../../domain/usage/calendar-month.ts';
import type { MetricName, MetricReader, MinuteSeries } from '../../domain/usage/metric-series.ts';
import { indexOf, readMetricData } from './metric-data.ts';
import { addResult, noPoints, refusedIn, valuesIn, type ReadPoints } from './metric-points.ts';

/** Minutes are kept for 15 days; asked for later, CloudWatch answers nothing without saying so. */
const minutesKeptMilliseconds = 15 * 24 * 3_600_000;

/** The client of a Region, and the time. */
export interface CloudWatchSource {
  readonly client: (region: string) => Pick<CloudWatchClient, 'send'>;
  readonly now: () => number;
}

const readAll = async (client: Pick<CloudWatchClient, 'send'>, metrics: readonly MetricName[], window: Interval): Promise<readonly ReadPoints[]> => {
  const read = metrics.map(noPoints);
  const requests = metrics.map((metric) => ({ metric, statistic: 'Sum', periodSeconds: 60 }) as const);
  for (const result of await readMetricData(client, requests, window)) {
    const index = indexOf(result);
    const points = read[index];
    if (points) addResult(points, result, metrics[index]?.scale);
  }
  return read;
};

const seriesOf = (points: ReadPoints, window: Interval): MinuteSeries => {
  const refused = refusedIn(points, window);
  return { from: window.from, values: valuesIn(points, window), isComplete: points.isComplete && refused.length === 0, ...(refused.length === 0 ? {} : { refused }) };
};

/**
 * Reads metrics by GetMetricData: `cloudwatch:GetMetricData` (no resource-level permission). What the service calls partial is told as
 * incomplete and not asked for again at once: it is the sources behind that have not answered, and who wants it reads again later.
 */
export const cloudWatchMetricReader = ({ client, now }: CloudWatchSource): MetricReader => ({
  sumsByMinute: async (region, metrics, window) => {
    if (window.from < now() - minutesKeptMilliseconds) {
      throw new RangeError(`CloudWatch keeps minutes for 15 days, and ${new Date(window.from).toISOString()} is before that: measure from the kept raw series`);
    }
    if (window.to <= window.from) return metrics.map(() => ({ from: window.from, values: [], isComplete: true }));
    const read = await readAll(client(region), metrics, window);
    return read.map((points) => seriesOf(points, window));
  },
});
