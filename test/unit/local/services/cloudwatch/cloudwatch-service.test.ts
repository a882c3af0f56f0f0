import type { CallContext } from '../../../../../local/gateway/service.ts';
import { timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore, type StateStore } from '../../../../../local/runtime/state/collection.ts';
import { createCloudWatchService } from '../../../../../local/services/cloudwatch/cloudwatch-service.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { sharedStateStore } from '../../../../support/shared-state-store.ts';

/** What the assertions look at of any answer. */
interface Answer {
  readonly NextToken?: string;
  readonly MetricDataResults: { Id: string; Values: number[]; StatusCode: string }[];
  readonly Datapoints: object[];
  readonly Metrics: object[];
  readonly MetricAlarms: object[];
}

const context: CallContext = { principal: { kind: 'operator' }, requestId: 'r', region: 'us-east-1', accountId: '123456789012' };
const minute = 60_000;
const start = Date.parse('2026-11-23T10:00:00Z');

const open = ({ factor = Infinity, state = memoryStateStore(), at = start }: { factor?: number; state?: StateStore; at?: number } = {}) => {
  const clock = manualClock(at);
  const service = createCloudWatchService({ state, clock, timeScale: timeScale(factor) });
  const call = async (operation: string, input: object): Promise<Answer> => (await service.operations[operation]!.handle(input, context)) as Answer;
  const bytes = (value: number, time?: number, dimensions: Record<string, string> = { Channel: 'main' }) =>
    service.record({ namespace: 'AWS/MediaPackage', name: 'EgressBytes', dimensions, value, unit: 'Bytes', ...(time === undefined ? {} : { at: time }) });
  return { clock, service, call, bytes };
};

const query = (more: object = {}, Id = 'egress') => ({
  Id,
  MetricStat: {
    Metric: { Namespace: 'AWS/MediaPackage', MetricName: 'EgressBytes', Dimensions: [{ Name: 'Channel', Value: 'main' }] },
    Period: 60,
    Stat: 'Sum',
    ...more,
  },
});

const window = (minutes = 60) => ({ StartTime: new Date(start), EndTime: new Date(start + minutes * minute) });

describe('metric data', () => {
  it('are sums of minutes, newest first', async () => {
    const { call, bytes } = open();
    bytes(10, start);
    bytes(5, start + 59_999);
    bytes(7, start + 2 * minute);

    const { MetricDataResults } = await call('GetMetricData', { ...window(), MetricDataQueries: [query()] });

    expect(MetricDataResults).toEqual([
      { Id: 'egress', Label: 'EgressBytes', Timestamps: [new Date(start + 2 * minute), new Date(start)], Values: [7, 15], StatusCode: 'Complete' },
    ]);
  });

  it.each([
    ['Sum', 30],
    ['Average', 15],
    ['Minimum', 10],
    ['Maximum', 20],
    ['SampleCount', 2],
  ])('answer %s', async (Stat, expected) => {
    const { call, bytes } = open();
    bytes(10, start);
    bytes(20, start);

    const { MetricDataResults } = await call('GetMetricData', { ...window(), MetricDataQueries: [query({ Stat })] });

    expect(MetricDataResults[0]!.Values).toEqual([expected]);
  });

  it('appear only when the service has published them', async () => {
    const { clock, call, bytes } = open({ factor: 60 });
    bytes(10);
    const read = async () => (await call('GetMetricData', { ...window(), MetricDataQueries: [query()] })).MetricDataResults[0];

    await clock.advance(2_999);
    expect(await read()).toMatchObject({ Values: [], StatusCode: 'Complete' });
    await clock.advance(1);
    expect(await read()).toMatchObject({ Values: [10] });
  });

  it('are of exactly the dimensions asked for', async () => {
    const { call, bytes } = open();
    bytes(10, start, { Channel: 'main', OriginEndpoint: 'hls' });

    const { MetricDataResults } = await call('GetMetricData', { ...window(), MetricDataQueries: [query()] });

    expect(MetricDataResults[0]!.Values).toEqual([]);
  });

  it('are nothing in another unit', async () => {
    const { call, bytes } = open();
    bytes(10, start);

    const { MetricDataResults } = await call('GetMetricData', { ...window(), MetricDataQueries: [query({ Unit: 'Count' }), query({ Unit: 'Bytes' }, 'bytes')] });

    expect(MetricDataResults.map(({ Values }) => Values)).toEqual([[], [10]]);
  });

  it('begin at the whole minute before the start, and end before the end', async () => {
    const { call, bytes } = open();
    bytes(1, start);
    bytes(2, start + minute);

    const { MetricDataResults } = await call('GetMetricData', {
      StartTime: new Date(start + 30_000),
      EndTime: new Date(start + minute),
      MetricDataQueries: [query()],
    });

    expect(MetricDataResults[0]!.Values).toEqual([1]);
  });

  it('are silently absent in a period too fine for their age', async () => {
    const { call, bytes } = open({ at: start + 20 * 86_400_000 });
    bytes(1, start);

    const read = async (Period: number) => (await call('GetMetricData', { ...window(), MetricDataQueries: [query({ Period })] })).MetricDataResults[0]!.Values;

    expect([await read(60), await read(300)]).toEqual([[], [1]]);
  });

  it('come in pages', async () => {
    const { call, bytes } = open();
    for (let n = 0; n < 5; n += 1) bytes(n, start + n * minute);
    const request = { ...window(), MaxDatapoints: 4, ScanBy: 'TimestampAscending', MetricDataQueries: [query(), query({ Stat: 'Maximum' }, 'second')] };

    const pages = [await call('GetMetricData', request)];
    while (pages.at(-1)!.NextToken) pages.push(await call('GetMetricData', { ...request, NextToken: pages.at(-1)!.NextToken }));

    expect(pages.map(({ MetricDataResults }) => MetricDataResults.map((result) => [result.Id, result.Values.length, result.StatusCode]))).toEqual([
      [['egress', 4, 'PartialData']],
      [
        ['egress', 1, 'Complete'],
        ['second', 3, 'PartialData'],
      ],
      [['second', 2, 'Complete']],
    ]);
    await expect(call('GetMetricData', { ...request, MaxDatapoints: 3, NextToken: pages[0]!.NextToken })).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  it('survive a restart, published or not', async () => {
    const state = sharedStateStore();
    const before = open({ factor: 1, state });
    before.bytes(10);
    await before.clock.advance(3 * minute);
    before.bytes(5);
    await before.service.close();

    const after = open({ factor: 1, state, at: start + 6 * minute });
    const { MetricDataResults } = await after.call('GetMetricData', { ...window(), MetricDataQueries: [query()] });

    expect(MetricDataResults[0]!.Values).toEqual([5, 10]);
  });

  it.each([
    ['an id that begins with a capital', { MetricDataQueries: [query({}, 'Egress')] }],
    ['two queries of one id', { MetricDataQueries: [query(), query()] }],
    ['501 queries', { MetricDataQueries: Array.from({ length: 501 }, (_, n) => query({}, `q${n}`)) }],
    ['a period of 90 seconds', { MetricDataQueries: [query({ Period: 90 })] }],
    ['a percentile', { MetricDataQueries: [query({ Stat: 'p99' })] }],
    ['an expression', { MetricDataQueries: [{ Id: 'e1', Expression: 'SUM(METRICS())' }] }],
    ['an end before its start', { MetricDataQueries: [query()], EndTime: new Date(start - 1) }],
  ])('reject %s', async (_what, input) => {
    await expect(open().call('GetMetricData', { ...window(), ...input })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('metric statistics', () => {
  const request = { Namespace: 'AWS/MediaPackage', MetricName: 'EgressBytes', Dimensions: [{ Name: 'Channel', Value: 'main' }], Period: 60, Statistics: ['Sum'] };

  it('are answered with their unit', async () => {
    const { call, bytes } = open();
    bytes(10, start);

    const { Datapoints } = await call('GetMetricStatistics', { ...request, ...window() });

    expect(Datapoints).toEqual([{ Timestamp: new Date(start), Unit: 'Bytes', Sum: 10 }]);
  });

  it('reject more than 1,440 points', async () => {
    await expect(open().call('GetMetricStatistics', { ...request, ...window(1_441) })).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });
});

describe('metrics', () => {
  it('are listed by namespace and dimension', async () => {
    const { call, bytes } = open();
    bytes(1, start, { Channel: 'main' });
    bytes(1, start, { Channel: 'main', OriginEndpoint: 'hls' });

    const all = await call('ListMetrics', { Namespace: 'AWS/MediaPackage', Dimensions: [{ Name: 'Channel' }] });
    const one = await call('ListMetrics', { Dimensions: [{ Name: 'OriginEndpoint', Value: 'hls' }] });

    expect([all.Metrics.length, one.Metrics.length]).toEqual([2, 1]);
  });

  it('are put by others, but not under AWS/', async () => {
    const { call } = open();
    await call('PutMetricData', { Namespace: 'VisionStream', MetricData: [{ MetricName: 'Lines', Values: [1, 2], Counts: [3, 1] }] });

    const { Datapoints } = await call('GetMetricStatistics', { ...window(), Namespace: 'VisionStream', MetricName: 'Lines', Period: 60, Statistics: ['Sum', 'SampleCount'] });

    expect(Datapoints).toEqual([{ Timestamp: new Date(start), Unit: 'None', Sum: 5, SampleCount: 4 }]);
    await expect(call('PutMetricData', { Namespace: 'AWS/IVS', MetricData: [] })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('keep alarms without evaluating them', async () => {
    const { call } = open();
    await call('PutMetricAlarm', { AlarmName: 'no-input', EvaluationPeriods: 1, ComparisonOperator: 'LessThanThreshold' });

    const { MetricAlarms } = await call('DescribeAlarms', { AlarmNamePrefix: 'no-' });

    expect(MetricAlarms).toMatchObject([{ AlarmName: 'no-input', StateValue: 'INSUFFICIENT_DATA', AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:no-input' }]);
  });
});
