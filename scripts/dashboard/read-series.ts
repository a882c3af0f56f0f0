import { GetMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { WidgetMetric } from './dashboard-body.ts';

/** A point of a metric; `at` in milliseconds since the epoch. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Points by time, and what to call and how to colour them. */
export interface Series extends Pick<WidgetMetric, 'label' | 'color'> {
  readonly points: readonly Point[];
}

/** What of the metrics is drawn. */
export interface SeriesWindow {
  readonly from: number;
  readonly to: number;
  readonly periodSeconds: number;
}

/** Reads a widget's metrics, in their order: `cloudwatch:GetMetricData`. */
export const readSeries = async (client: Pick<CloudWatchClient, 'send'>, metrics: readonly WidgetMetric[], { from, to, periodSeconds }: SeriesWindow): Promise<readonly Series[]> => {
  const points = metrics.map((): Point[] => []);
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: metrics.map(({ namespace: Namespace, name: MetricName, dimensions, statistic }, index) => ({
          Id: `m${index}`,
          MetricStat: { Metric: { Namespace, MetricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) }, Period: periodSeconds, Stat: statistic },
        })),
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    for (const { Id = '', Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      Timestamps.forEach((time, index) => points[Number(Id.slice(1))]?.push({ at: time.getTime(), value: Values[index] ?? 0 }));
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return metrics.map(({ label, color }, index) => ({ label, color, points: (points[index] ?? []).toSorted((one, other) => one.at - other.at) }));
};
