import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand, GetMetricStatisticsCommand, ListMetricsCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { systemClock, timeScale } from '../../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../../local/runtime/state/collection.ts';
import { createCloudWatchService, type CloudWatchService } from '../../../../../local/services/cloudwatch/cloudwatch-service.ts';
import { awsCli, describeWithAwsCli } from '../../../../support/gateway/aws-cli.ts';
import { startGateway, type LocalGateway } from '../../../../support/gateway/local-gateway.ts';

let service: CloudWatchService;
let gateway: LocalGateway;
let client: CloudWatchClient;
const hourAgo = new Date(Date.now() - 3_600_000);
const inAMinute = new Date(Date.now() + 60_000);
const dimensions = { DistributionId: 'E1', Region: 'Global' };
const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

beforeAll(async () => {
  service = createCloudWatchService({ state: memoryStateStore(), clock: systemClock, timeScale: timeScale(Infinity) });
  gateway = await startGateway({ services: [service] });
  client = new CloudWatchClient({ ...gateway.settings, maxAttempts: 1 });
  service.record({ namespace: 'AWS/CloudFront', name: 'BytesDownloaded', dimensions, value: 1_000 });
  service.record({ namespace: 'AWS/CloudFront', name: 'BytesDownloaded', dimensions, value: 24 });
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.close();
});

describe('CloudWatch through the gateway', () => {
  it('answers metric data', async () => {
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        StartTime: hourAgo,
        EndTime: inAMinute,
        MetricDataQueries: [{ Id: 'bytes', MetricStat: { Metric: { Namespace: 'AWS/CloudFront', MetricName: 'BytesDownloaded', Dimensions }, Period: 3_600, Stat: 'Sum' } }],
      }),
    );

    expect(MetricDataResults).toMatchObject([{ Id: 'bytes', StatusCode: 'Complete' }]);
    expect(MetricDataResults?.[0]?.Values?.reduce((sum, value) => sum + value, 0)).toBe(1_024);
    expect(MetricDataResults?.[0]?.Timestamps?.[0]).toBeInstanceOf(Date);
  });

  it('answers statistics and lists metrics', async () => {
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({ Namespace: 'AWS/CloudFront', MetricName: 'BytesDownloaded', Dimensions, StartTime: hourAgo, EndTime: inAMinute, Period: 7_200, Statistics: ['Sum', 'SampleCount'] }),
    );
    const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: 'AWS/CloudFront', Dimensions: [{ Name: 'DistributionId', Value: 'E1' }] }));

    expect(Datapoints).toMatchObject([{ Sum: 1_024, SampleCount: 2 }]);
    expect(Metrics).toEqual([{ Namespace: 'AWS/CloudFront', MetricName: 'BytesDownloaded', Dimensions }]);
  });

  it('takes metrics and alarms', async () => {
    await client.send(new PutMetricDataCommand({ Namespace: 'VisionStream', MetricData: [{ MetricName: 'Lines', Value: 3, Unit: 'Count' }] }));
    await client.send(new PutMetricAlarmCommand({ AlarmName: 'no-input', MetricName: 'Lines', Namespace: 'VisionStream', Period: 60, Statistic: 'Sum', Threshold: 1, EvaluationPeriods: 1, ComparisonOperator: 'LessThanThreshold' }));

    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['no-input'] }));

    expect(MetricAlarms).toMatchObject([{ AlarmName: 'no-input', Threshold: 1, StateValue: 'INSUFFICIENT_DATA' }]);
  });

  it.each([
    ['ValidationException', new GetMetricDataCommand({ StartTime: hourAgo, EndTime: inAMinute, MetricDataQueries: [{ Id: 'Bad' }] })],
    ['InvalidParameterCombinationException', new GetMetricStatisticsCommand({ Namespace: 'a', MetricName: 'b', StartTime: new Date(0), EndTime: inAMinute, Period: 60, Statistics: ['Sum'] })],
  ])('answers %s', async (name, command) => {
    await expect(client.send(command as GetMetricDataCommand)).rejects.toMatchObject({ name });
  });
});

describeWithAwsCli('the AWS CLI', () => {
  it('lists metrics', async () => {
    expect(await awsCli(gateway.settings, 'cloudwatch', 'list-metrics', '--namespace', 'AWS/CloudFront')).toMatchObject({ Metrics: [{ MetricName: 'BytesDownloaded' }] });
  });
});
