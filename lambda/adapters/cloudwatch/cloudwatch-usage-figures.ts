import { PutMetricDataCommand, type CloudWatchClient, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import { usageMetricDimensions, usageMetricNames, usageMetricOwners } from '../../contract/usage-metrics.ts';
import { chunk } from '../../domain/recordings/archive/chunk.ts';
import type { UsageFigure, UsageFigures } from '../../domain/usage/publish-usage.ts';
import { calling } from '../service-faults.ts';

/** What one call takes. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const mostData = 1_000;

const nameOf = ({ kind, category }: UsageFigure): string => {
  if (kind === 'CHARGE') return usageMetricNames.charge;
  return kind === 'COST' || category === 'total' ? usageMetricNames.cost : usageMetricNames.quantity[category];
};

const ownerOf = ({ owner }: UsageFigure): string => {
  if (typeof owner === 'object') return owner.accountId;
  return owner === 'EVERYTHING' ? usageMetricOwners.everything : usageMetricOwners.overheads;
};

const datumOf = (figure: UsageFigure): MetricDatum => ({
  MetricName: nameOf(figure),
  Dimensions: [
    { Name: usageMetricDimensions.account, Value: ownerOf(figure) },
    { Name: usageMetricDimensions.category, Value: figure.category },
  ],
  Timestamp: new Date(figure.at),
  Value: figure.value,
});

/** Publishes figures as metrics of a namespace: `cloudwatch:PutMetricData` on it. */
export const cloudWatchUsageFigures = (client: Pick<CloudWatchClient, 'send'>, Namespace: string): UsageFigures => ({
  publish: async (figures) => {
    for (const some of chunk(figures, mostData)) await calling('cloudwatch', () => client.send(new PutMetricDataCommand({ Namespace, MetricData: some.map(datumOf) })));
  },
});
