import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type { Interval } from '../../domain/usage/calendar-month.ts';
import { chunk } from '../../domain/recordings/archive/chunk.ts';
import type { MetricName } from '../../domain/usage/metric-series.ts';
import { calling } from '../service-faults.ts';

/** A statistic of a metric by period, asked for with others in one call. */
export interface MetricRequest {
  readonly metric: MetricName;
  readonly statistic: 'Sum' | 'Average' | 'Minimum' | 'Maximum';
  readonly periodSeconds: number;
}

/** The place of a result's request in the list that was asked for. */
export const indexOf = ({ Id = '' }: MetricDataResult): number => Number(Id.slice(1));

const queryOf = ({ metric: { namespace, name, dimensions }, statistic, periodSeconds }: MetricRequest, index: number): MetricDataQuery => ({
  Id: `m${index}`,
  ReturnData: true,
  MetricStat: {
    // No unit: one that differs from the metric's own answers nothing.
    Metric: { Namespace: namespace, MetricName: name, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) },
    Period: periodSeconds,
    Stat: statistic,
  },
});

/** So many metrics one call takes. Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const mostQueries = 500;

const readPages = async (client: Pick<CloudWatchClient, 'send'>, queries: readonly MetricDataQuery[], { from, to }: Interval): Promise<readonly MetricDataResult[]> => {
  const results: MetricDataResult[] = [];
  let token: string | undefined;
  do {
    const page = await calling('cloudwatch', () =>
      client.send(
        new GetMetricDataCommand({
          StartTime: new Date(from),
          EndTime: new Date(to),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: [...queries],
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      ),
    );
    results.push(...(page.MetricDataResults ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return results;
};

/** All pages of GetMetricData over a half-open window: one call for up to 500 requests and 100,800 points. @throws UnavailableError */
export const readMetricData = async (client: Pick<CloudWatchClient, 'send'>, requests: readonly MetricRequest[], window: Interval): Promise<readonly MetricDataResult[]> => {
  const results: MetricDataResult[] = [];
  for (const queries of chunk(requests.map(queryOf), mostQueries)) results.push(...(await readPages(client, queries, window)));
  return results;
};
