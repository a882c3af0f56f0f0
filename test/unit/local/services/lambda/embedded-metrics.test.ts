import { metricNames, metricNamespace } from '../../../../../lambda/contract/metric-names.ts';
import { createLogger } from '../../../../../lambda/platform/logging.ts';
import { countedMetric } from '../../../../../lambda/platform/metric-fields.ts';
import { embeddedMetrics } from '../../../../../local/services/lambda/invocation/embedded-metrics.ts';

const entry = (fields: object, directive: object = {}): string =>
  JSON.stringify({ _aws: { Timestamp: 5, CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [[]], Metrics: [{ Name: 'Size', Unit: 'Bytes' }], ...directive }] }, ...fields });

beforeAll(() => {
  process.env['METRIC_NAMESPACE'] = metricNamespace('test');
});

describe('embeddedMetrics', () => {
  it('counts what the log says is counted', () => {
    const lines: string[] = [];
    createLogger({}, (line) => lines.push(line)).error('access log set aside', { ...countedMetric(metricNames.accessLogsSetAside, () => 7) });

    expect(lines.flatMap(embeddedMetrics)).toEqual([{ namespace: 'VisionStream/test', name: 'AccessLogsSetAside', dimensions: {}, value: 1, unit: 'Count', at: 7 }]);
  });

  it('observes each value at each set of dimensions that the entry has', () => {
    const line = entry({ Size: [1, 2], Stage: 'dev' }, { Dimensions: [['Stage'], ['Stage', 'Nobody']] });

    expect(embeddedMetrics(line).map(({ dimensions, value }) => [dimensions, value])).toEqual([[{ Stage: 'dev' }, 1], [{ Stage: 'dev' }, 2]]);
  });

  it.each(['START RequestId: 1', '{"_aws":', '{"_aws":{}}', entry({}), entry({ Size: 'large' }), JSON.stringify({ message: 'of "_aws"' })])('finds nothing in %s', (line) => {
    expect(embeddedMetrics(line)).toEqual([]);
  });
});
