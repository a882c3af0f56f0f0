import type { MetricSink } from '../runtime/ports.ts';
import type { AccessRecord } from './logs/access-record.ts';

/**
 * Records one request in CloudFront's default metrics, at the moment and with the bytes of its log line, so that the sum
 * of the logs is the metric. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export const recordRequest = (metrics: MetricSink, record: AccessRecord): void => {
  const is4xx = record.status >= 400 && record.status < 500;
  const is5xx = record.status >= 500;
  const values: readonly (readonly [string, number, string])[] = [
    ['Requests', 1, 'None'],
    ['BytesDownloaded', record.sentBytes, 'None'],
    ['BytesUploaded', record.uploadedBytes, 'None'],
    ['4xxErrorRate', is4xx ? 100 : 0, 'Percent'],
    ['5xxErrorRate', is5xx ? 100 : 0, 'Percent'],
    ['TotalErrorRate', is4xx || is5xx ? 100 : 0, 'Percent'],
  ];
  for (const [name, value, unit] of values) {
    metrics.record({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: record.distributionId, Region: 'Global' }, value, unit, at: record.finishedAt });
  }
};
