import type { metricNames } from '../contract/metric-names.ts';
import { readEnvironment } from './environment.ts';
import type { LogFields } from './logging.ts';

/**
 * Fields that make CloudWatch count the log entry that carries them as 1 in a metric of the stage's own namespace, without
 * dimensions: the embedded metric format, which needs no permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const countedMetric = (name: (typeof metricNames)[keyof typeof metricNames], now: () => number = Date.now): LogFields => ({
  _aws: { Timestamp: now(), CloudWatchMetrics: [{ Namespace: readEnvironment('metrics').METRIC_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] }] },
  [name]: 1,
});
