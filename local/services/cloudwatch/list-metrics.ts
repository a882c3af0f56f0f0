import { InvalidParameterValueException, type DimensionFilter, type Metric } from '@aws-sdk/client-cloudwatch';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../gateway/define-service.ts';
import { metricKey, type MetricSeries } from './metric-identity.ts';
import type { MetricStore } from './metric-store.ts';

const pageLength = 500;

const has = ({ dimensions }: MetricSeries, { Name = '', Value }: DimensionFilter): boolean =>
  Value === undefined ? Object.hasOwn(dimensions, Name) : dimensions[Name] === Value;

const show = ({ namespace, name, dimensions }: MetricSeries): Metric => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

const startOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  if (/^\d{1,9}$/.test(token)) return Number(token);
  throw new InvalidParameterValueException({ message: `The parameter NextToken has an unknown value: ${token}`, $metadata: {} });
};

/** ListMetrics. */
export const listMetricsOperation = (store: MetricStore): Operations<typeof cloudwatch> => ({
  ListMetrics: {
    permissions: () => [{ action: 'cloudwatch:ListMetrics', resources: ['*'] }],
    handle: ({ Namespace, MetricName, Dimensions = [], NextToken }) => {
      const found = store
        .series()
        .filter(
          (series) =>
            (Namespace === undefined || series.namespace === Namespace) &&
            (MetricName === undefined || series.name === MetricName) &&
            Dimensions.every((filter) => has(series, filter)),
        );
      // A metric in two units is one metric.
      const metrics = [...new Map(found.map((series) => [metricKey(series), series])).values()];
      const start = startOf(NextToken);
      const end = start + pageLength;
      return { Metrics: metrics.slice(start, end).map(show), ...(end < metrics.length ? { NextToken: String(end) } : {}) };
    },
  },
});
