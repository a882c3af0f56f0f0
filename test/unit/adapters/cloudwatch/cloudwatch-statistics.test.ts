import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudWatchStatistics } from '../../../../lambda/adapters/cloudwatch/cloudwatch-statistics.ts';

const cloudwatch = mockClient(CloudWatchClient);
const statistics = cloudWatchStatistics((region) => new CloudWatchClient({ region }));
const from = Date.parse('2026-11-23T10:00:00Z');
const window = { from, to: from + 180_000 };
const wanted = [
  { metric: { namespace: 'AWS/MediaLive', name: 'InputVideoFrameRate', dimensions: { ChannelId: '1', Pipeline: '0' } }, statistic: 'Maximum' },
  { metric: { namespace: 'AWS/MediaLive', name: 'NetworkIn', dimensions: { ChannelId: '1', Pipeline: '0' } }, statistic: 'Average' },
] as const;

beforeEach(() => cloudwatch.reset());

describe('statistics', () => {
  it('have a value a period, and none where there is no point', async () => {
    cloudwatch.on(GetMetricDataCommand).resolvesOnce({
      NextToken: 'more',
      MetricDataResults: [{ Id: 'm0', StatusCode: 'PartialData', Timestamps: [new Date(from)], Values: [29.97] }],
    }).resolvesOnce({
      MetricDataResults: [{ Id: 'm0', StatusCode: 'Complete', Timestamps: [new Date(from + 120_000)], Values: [0] }, { Id: 'm1', StatusCode: 'PartialData', Timestamps: [], Values: [] }],
    });

    expect(await statistics.read('us-east-1', wanted, window, 60)).toEqual([
      { values: [29.97, null, 0], isComplete: true },
      { values: [null, null, null], isComplete: false },
    ]);
  });

  it('are asked for in one call, each by its own statistic', async () => {
    cloudwatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [] });

    await statistics.read('us-east-1', wanted, window, 60);

    const calls = cloudwatch.commandCalls(GetMetricDataCommand);
    expect(calls).toHaveLength(1);
    expect(calls[0]!.args[0].input.MetricDataQueries!.map(({ MetricStat }) => [MetricStat!.Metric!.MetricName, MetricStat!.Stat, MetricStat!.Period])).toEqual([['InputVideoFrameRate', 'Maximum', 60], ['NetworkIn', 'Average', 60]]);
  });

  it('are not asked for over an empty window', async () => {
    expect(await statistics.read('us-east-1', wanted, { from, to: from }, 60)).toEqual([{ values: [], isComplete: true }, { values: [], isComplete: true }]);
    expect(cloudwatch.calls()).toEqual([]);
  });
});
