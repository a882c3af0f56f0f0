import { cloudWatchUsageFigures } from '../../adapters/cloudwatch/cloudwatch-usage-figures.ts';
import { dynamoDbAccountStore } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { publishUsage } from '../../domain/usage/publish-usage.ts';
import { cloudWatchClient, dynamoDbClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';

/**
 * Fires every hour and publishes the month's usage as metrics, for the dashboard. IAM: `dynamodb:GetItem` and `Query` on the
 * table; `cloudwatch:PutMetricData` in the stage's own namespace.
 */
export const handler = async (): Promise<void> => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const { USAGE_METRIC_NAMESPACE, USAGE_METRIC_REGION } = readEnvironment('usageMetrics');
  const figures = cloudWatchUsageFigures(cloudWatchClient(USAGE_METRIC_REGION), USAGE_METRIC_NAMESPACE);
  const published = await publishUsage({ accounts: dynamoDbAccountStore(table), usage: dynamoDbUsageStore(table), figures, now: Date.now })();
  createLogger().info('usage published', { published });
};
