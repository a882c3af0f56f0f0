import { GetMetricDataCommand, type CloudWatchClient, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Interval } from '../../domain/usage/calendar-month.ts';
import type { MetricName, MetricReader } from '../../domain/usage/metric-series.ts';
import { calling } from '../service-faults.ts';
import { addResult, valuesIn, type ReadPoints } from './metric-points.ts';

/** Minutes are kept for 15 days; asked for later, CloudWatch answers nothing without saying so. */
const minutesKeptMilliseconds = 15 * 24 * 3_600_000;

/** How often incomplete data is asked for again at once. */
const mostReads = 3;

/** The client of a Region, and the time. */
export interface CloudWatchSource {
  readonly client: (region: string) => Pick<CloudWatchClient, 'send'>;
  readonly now: () => number;
}

const queryOf = ({ namespace, name, dimensions }: MetricName, index: number): MetricDataQuery => ({
  Id: `m${index}`,
  ReturnData: true,
  MetricStat: {
    // No unit: one that differs from the metric's own answers nothing.
    Metric: { Namespace: namespace, MetricName: name, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) },
    Period: 60,
    Stat: 'Sum',
  },
});

const readOnce = async (client: Pick<CloudWatchClient, 'send'>, metrics: readonly MetricName[], { from, to }: Interval): Promise<readonly ReadPoints[]> => {
  const read = metrics.map((): ReadPoints => ({ byMinute: new Map(), isComplete: false }));
  let token: string | undefined;
  do {
    const page = await calling('cloudwatch', () =>
      client.send(
        new GetMetricDataCommand({
          StartTime: new Date(from),
          EndTime: new Date(to),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: metrics.map(queryOf),
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      ),
    );
    for (const result of page.MetricDataResults ?? []) {
      const points = read[Number(result.Id?.slice(1))];
      if (points) addResult(points, result);
    }
    token = page.NextToken;
  } while (token !== undefined);
  return read;
};

const readUntilComplete = async (client: Pick<CloudWatchClient, 'send'>, metrics: readonly MetricName[], window: Interval): Promise<readonly ReadPoints[]> => {
  for (let reads = 1; ; reads += 1) {
    const read = await readOnce(client, metrics, window);
    if (reads === mostReads || read.every(({ isComplete }) => isComplete)) return read;
  }
};

/** Reads metrics by GetMetricData: `cloudwatch:GetMetricData` (no resource-level permission). */
export const cloudWatchMetricReader = ({ client, now }: CloudWatchSource): MetricReader => ({
  sumsByMinute: async (region, metrics, window) => {
    if (window.from < now() - minutesKeptMilliseconds) {
      throw new RangeError(`CloudWatch keeps minutes for 15 days, and ${new Date(window.from).toISOString()} is before that: measure from the kept raw series`);
    }
    if (window.to <= window.from) return metrics.map(() => ({ from: window.from, values: [], isComplete: true }));
    const read = await readUntilComplete(client(region), metrics, window);
    return read.map((points) => ({ from: window.from, values: valuesIn(points, window), isComplete: points.isComplete }));
  },
});
