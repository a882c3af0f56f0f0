import { type CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { camDeliveredMetric, type ViewerCountries } from '../../domain/usage/cam/cam-metrics.ts';
import { calling } from '../service-faults.ts';

const countryDimension = 'ViewerCountryCode';

/** Lists the countries that IVS has metrics of: `cloudwatch:ListMetrics` (no resource-level permission). */
export const cloudWatchViewerCountries = (client: (region: string) => Pick<CloudWatchClient, 'send'>): ViewerCountries => ({
  async ofChannel(region, channelId) {
    const { namespace, name, dimensions } = camDeliveredMetric(channelId);
    const Dimensions = [...Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })), { Name: countryDimension }];
    const countries = new Set<string>();
    let token: string | undefined;
    do {
      const input = { Namespace: namespace, MetricName: name, Dimensions, ...(token === undefined ? {} : { NextToken: token }) };
      const page = await calling('cloudwatch', () => client(region).send(new ListMetricsCommand(input)));
      for (const { Dimensions: found = [] } of page.Metrics ?? []) {
        const country = found.find(({ Name }) => Name === countryDimension)?.Value;
        if (country !== undefined) countries.add(country);
      }
      token = page.NextToken;
    } while (token !== undefined);
    return [...countries].sort();
  },
});
