import { cloudWatchUsageFigures } from '../../adapters/cloudwatch/cloudwatch-usage-figures.ts';
import { dynamoDbAccountStore } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { metricNames } from '../../contract/metric-names.ts';
import { monthInterval, monthOf } from '../../domain/usage/calendar-month.ts';
import { unpricedLines } from '../../domain/usage/category-views.ts';
import { overdueShows } from '../../domain/usage/overdue-shows.ts';
import { publishUsage } from '../../domain/usage/publish-usage.ts';
import { cloudWatchClient, dynamoDbClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

/**
 * Fires every hour and publishes the month's usage as metrics, for the dashboard; says when some of it, or of the month before, has no price,
 * and which shows should be final and are not. IAM: `dynamodb:GetItem` and `Query` on the
 * table; `cloudwatch:PutMetricData` in the stage's own namespace.
 */
export const handler = async (): Promise<void> => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const { USAGE_METRIC_NAMESPACE, USAGE_METRIC_REGION } = readEnvironment('usageMetrics');
  const figures = cloudWatchUsageFigures(cloudWatchClient(USAGE_METRIC_REGION), USAGE_METRIC_NAMESPACE);
  const [accounts, usage] = [dynamoDbAccountStore(table), dynamoDbUsageStore(table)];
  const log = createLogger();
  const published = await publishUsage({ accounts, usage, figures, now: Date.now })();
  log.info('usage published', { published });
  const present = monthOf(Date.now());
  // What is measured of a month's last shows, and of what it stored, is booked when it has ended.
  for (const month of [monthOf(monthInterval(present).from - 1), present]) {
    const unpriced = unpricedLines((await usage.platformUsage(month)).measures);
    if (unpriced.length > 0) log.warn('usage without a price', { month, unpriced, ...countedMetric(metricNames.usageUnpriced) });
  }
  const overdue = await overdueShows({ accounts, breakouts: dynamoDbBreakoutStore(table), now: Date.now })();
  if (overdue.length > 0) log.error('usage of shows that is not final', { breakouts: overdue, ...countedMetric(metricNames.usageOverdue) });
};
