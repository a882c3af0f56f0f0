import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { cloudWatchViewerCountries } from '../../../../lambda/adapters/cloudwatch/cloudwatch-viewer-countries.ts';

const cloudwatch = mockClient(CloudWatchClient);
const countries = cloudWatchViewerCountries((region) => new CloudWatchClient({ region }));
const metricOf = (Value: string) => ({ Dimensions: [{ Name: 'Channel', Value: 'AbCdef1G2hij' }, { Name: 'ViewerCountryCode', Value }] });

beforeEach(() => cloudwatch.reset());

describe('the countries of viewers', () => {
  it('are listed over all pages, each once', async () => {
    cloudwatch.on(ListMetricsCommand).resolvesOnce({ Metrics: [metricOf('US'), metricOf('DE')], NextToken: '2' }).resolvesOnce({ Metrics: [metricOf('US'), metricOf('UNKNOWN')] });

    expect(await countries.ofChannel('us-east-1', 'AbCdef1G2hij')).toEqual(['DE', 'UNKNOWN', 'US']);
    expect(cloudwatch.commandCalls(ListMetricsCommand)[1]?.args[0].input).toEqual({
      Namespace: 'AWS/IVS', MetricName: 'LiveDeliveredTime', NextToken: '2', Dimensions: [{ Name: 'Channel', Value: 'AbCdef1G2hij' }, { Name: 'ViewerCountryCode' }],
    });
  });
});
