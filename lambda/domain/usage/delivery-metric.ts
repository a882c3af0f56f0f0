import type { MetricName } from './metric-series.ts';

/** CloudFront's metrics live there alone. Source: CloudFront developer guide, programming-cloudwatch-metrics */
export const cloudFrontRegion = 'us-east-1';

/** A metric of a distribution: of all that it serves, because CloudFront splits none of them by path or geography. */
export const deliveryMetric = (distributionId: string, name: 'BytesDownloaded' | 'Requests'): MetricName => ({
  namespace: 'AWS/CloudFront',
  name,
  dimensions: { DistributionId: distributionId, Region: 'Global' },
});
