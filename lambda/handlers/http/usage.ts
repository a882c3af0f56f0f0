import { cloudWatchMetricReader } from '../../adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { dynamoDbAccountStore } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbBreakoutCount } from '../../adapters/dynamodb/breakout-count.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { cloudWatchViewerCountries } from '../../adapters/cloudwatch/cloudwatch-viewer-countries.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbDeliveryLogStore } from '../../adapters/dynamodb/delivery-log-store.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbMetricReadings } from '../../adapters/dynamodb/metric-readings.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbPriceTermsStore } from '../../adapters/dynamodb/price-terms-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { estimateShow } from '../../domain/usage/reading/estimate-show.ts';
import { runningShows } from '../../domain/usage/reading/running-shows.ts';
import { usageAt } from '../../domain/usage/reading/usage-at.ts';
import { cloudWatchClient, dynamoDbClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { usageOperations, type UsageOperationDeps } from './usage-operations.ts';

const build = (): UsageOperationDeps => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME, requestRetryTiming);
  const found = {
    accounts: dynamoDbAccountStore(table),
    events: dynamoDbEventStore(table),
    breakouts: { ...dynamoDbBreakoutStore(table), ...dynamoDbBreakoutCount(table) },
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbChannelRunStore(table),
    cam: { runs: dynamoDbCamRunStore(table), sessions: dynamoDbStreamSessionStore(table), viewerCountries: cloudWatchViewerCountries(cloudWatchClient) },
    logs: dynamoDbDeliveryLogStore(table),
    usage: dynamoDbUsageStore(table),
    history: dynamoDbUsageHistory(table),
    readings: dynamoDbMetricReadings(table),
    books: dynamoDbPriceBookStore(table),
    terms: dynamoDbPriceTermsStore(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    metrics: cloudWatchMetricReader({ client: cloudWatchClient, now: Date.now }),
    pricedRegion: readEnvironment('pricing').PRICED_REGION,
    now: Date.now,
  };
  const estimate = estimateShow(found);
  return { ...found, estimate, running: runningShows({ ...found, estimate }), known: usageAt(found) };
};

/**
 * Tells what shows used, and changes nothing but the kept readings of metrics. IAM: dynamodb:GetItem and Query on the
 * table and its index, UpdateItem on readings alone; ssm:GetParameter and ssm:GetParametersByPath on the pipelines' path;
 * cloudwatch:GetMetricData and ListMetrics.
 */
export const handler = restHandler<OperationsOf<'usage'>>(() => ({ operations: usageOperations(build()) }));
