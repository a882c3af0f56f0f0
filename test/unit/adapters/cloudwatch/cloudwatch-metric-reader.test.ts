import { CloudWatchClient, GetMetricDataCommand, type GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudWatchMetricReader } from '../../../../lambda/adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { UnavailableError } from '../../../../lambda/domain/shared/errors.ts';

const cloudWatch = mockClient(CloudWatchClient);
const from = Date.parse('2026-11-23T10:00:00Z');
const window = { from, to: from + 3 * 60_000 };
const minute = (index: number): Date => new Date(from + index * 60_000);
const metric = { namespace: 'AWS/CloudFront', name: 'Requests', dimensions: { DistributionId: 'E1', Region: 'Global' } };
const regions: string[] = [];

const reader = cloudWatchMetricReader({
  client: (region) => {
    regions.push(region);
    return new CloudWatchClient({ region });
  },
  now: () => window.to,
});

beforeEach(() => {
  cloudWatch.reset();
  regions.length = 0;
});

describe('cloudWatchMetricReader', () => {
  it('asks for minute sums of the aligned window without a unit', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'm0', StatusCode: 'Complete', Timestamps: [], Values: [] }] });

    await reader.sumsByMinute('us-east-1', [metric], window);

    expect(regions).toEqual(['us-east-1']);
    expect(cloudWatch.commandCalls(GetMetricDataCommand)[0]?.args[0].input).toEqual({
      StartTime: new Date(window.from),
      EndTime: new Date(window.to),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'm0',
          ReturnData: true,
          MetricStat: {
            Metric: { Namespace: 'AWS/CloudFront', MetricName: 'Requests', Dimensions: [{ Name: 'DistributionId', Value: 'E1' }, { Name: 'Region', Value: 'Global' }] },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    });
  });

  it('joins pages and leaves minutes without a point empty', async () => {
    cloudWatch
      .on(GetMetricDataCommand)
      .resolvesOnce({ NextToken: 'next', MetricDataResults: [{ Id: 'm0', StatusCode: 'PartialData', Timestamps: [minute(2)], Values: [7] }] })
      .resolvesOnce({ MetricDataResults: [{ Id: 'm0', StatusCode: 'Complete', Timestamps: [minute(0)], Values: [0] }] });

    const [series] = await reader.sumsByMinute('us-east-1', [metric], window);

    expect(series).toEqual({ from, values: [0n, null, 7n], isComplete: true });
  });

  it('says that data is partial, which is read again later', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'm0', StatusCode: 'PartialData', Timestamps: [minute(0)], Values: [1] }] });

    const [series] = await reader.sumsByMinute('us-east-1', [metric], window);

    expect(series?.isComplete).toBe(false);
    expect(cloudWatch.commandCalls(GetMetricDataCommand)).toHaveLength(1);
  });

  it('is incomplete when the service leaves a metric out', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });

    expect(await reader.sumsByMinute('us-east-1', [metric], window)).toEqual([{ from, values: [null, null, null], isComplete: false }]);
  });

  it('rejects a window whose minutes are kept no longer', async () => {
    const old = { from: from - 16 * 86_400_000, to: from };

    await expect(reader.sumsByMinute('us-east-1', [metric], old)).rejects.toThrow(/15 days/);
  });

  const complete = (points: readonly (readonly [Date, number])[]) => ({ Id: 'm0', StatusCode: 'Complete' as const, Timestamps: points.map(([at]) => at), Values: points.map(([, value]) => value) });

  it.each([
    ['negative', [[minute(0), 100], [minute(1), -40]]],
    ['no number', [[minute(0), 100], [minute(1), NaN]]],
    ['no whole number', [[minute(0), 100], [minute(1), 1.5]]],
    ['past what a number holds', [[minute(0), 100], [minute(1), 2 ** 60]]],
    ['told twice with different values', [[minute(0), 100], [minute(1), 7], [minute(1), 8], [minute(1), 7]]],
    ['not on their minute', [[minute(0), 100], [new Date(from + 61_000), 7]]],
  ] as const)('refuses points that are %s, and nets them against nothing', async (_, points) => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [complete(points)] });

    const [series] = await reader.sumsByMinute('us-east-1', [metric], window);

    expect(series).toEqual({ from, values: [100n, null, null], isComplete: false, refused: [from + 60_000] });
  });

  it('counts a point that is told twice once', async () => {
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [complete([[minute(2), 7], [minute(0), 5], [minute(2), 7]])] });

    expect(await reader.sumsByMinute('us-east-1', [metric], window)).toEqual([{ from, values: [5n, null, 7n], isComplete: true }]);
  });

  it('asks for 500 metrics a call at most, each answered in its place', async () => {
    cloudWatch.on(GetMetricDataCommand).callsFake(async ({ MetricDataQueries = [] }: GetMetricDataCommandInput) => ({
      MetricDataResults: MetricDataQueries.map(({ Id = '' }) => ({ Id, StatusCode: 'Complete', Timestamps: [minute(0)], Values: [Number(Id.slice(1))] })),
    }));

    const read = await reader.sumsByMinute('us-east-1', Array.from({ length: 1_001 }, () => metric), window);

    expect(read.map(({ values }) => values[0])).toEqual(Array.from({ length: 1_001 }, (_, index) => BigInt(index)));
    expect(cloudWatch.commandCalls(GetMetricDataCommand).map(({ args }) => args[0].input.MetricDataQueries?.length)).toEqual([333, 334, 334]);
  });

  it('fails as unavailable when throttled', async () => {
    cloudWatch.on(GetMetricDataCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

    await expect(reader.sumsByMinute('us-east-1', [metric], window)).rejects.toThrow(UnavailableError);
  });
});
