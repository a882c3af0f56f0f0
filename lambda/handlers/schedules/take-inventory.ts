import { metricNames } from '../../contract/metric-names.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbHoldingStore } from '../../adapters/dynamodb/holding-store.ts';
import { dynamoDbOnDemandTraffic } from '../../adapters/dynamodb/on-demand-store.ts';
import { dynamoDbPastHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbPriceTermsStore } from '../../adapters/dynamodb/price-terms-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbStrayDays } from '../../adapters/dynamodb/stray-day-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { s3ObjectPages } from '../../adapters/s3/s3-object-listing.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { takeInventory, type TakeInventoryDeps } from '../../domain/usage/inventory/take-inventory.ts';
import { dynamoDbClient, s3Client, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

const build = (): TakeInventoryDeps => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    usage: dynamoDbUsageStore(table),
    history: dynamoDbUsageHistory(table),
    holdings: dynamoDbHoldingStore(table),
    recordings: dynamoDbRecordingStore(table),
    onDemand: dynamoDbOnDemandTraffic(table),
    books: dynamoDbPriceBookStore(table),
    terms: dynamoDbPriceTermsStore(table),
    strays: dynamoDbStrayDays(table),
    breakouts: dynamoDbBreakoutStore(table),
    runs: dynamoDbChannelRunStore(table),
    camRuns: dynamoDbCamRunStore(table),
    holds: dynamoDbPastHolds(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    objects: s3ObjectPages(s3Client()),
    archiveBucket: readEnvironment('archive').ARCHIVE_BUCKET,
    recordingsBucket: readEnvironment('recordings').RECORDINGS_BUCKET,
    recordingsColdDays: readEnvironment('recordingsLife').RECORDINGS_COLD_DAYS,
    pricedRegion: readEnvironment('pricing').PRICED_REGION,
    now: () => new Date(),
  };
};

let built: TakeInventoryDeps | undefined;

/**
 * Fires every day and compares both buckets with what is charged for. IAM: `dynamodb:GetItem`, `Query`, `PutItem`,
 * `UpdateItem` (also in transactions) on the table; `ssm:GetParametersByPath` on pipelines; `s3:ListBucket` on archive and
 * recordings.
 */
export const handler = async (): Promise<void> => {
  const log = createLogger();
  const inventories = await takeInventory((built ??= build()))();
  for (const { failed, corrected, strayBytes, ...taken } of inventories) {
    for (const { what, error } of failed) log.error('what a breakout holds could not be compared', { what, error });
    for (const breakoutId of corrected) log.warn('storage was not what was known', { place: taken.place, breakoutId });
    log.info('inventory taken', { ...taken, corrected: corrected.length, failed: failed.length, strayBytes: strayBytes.toString() });
  }
  if (inventories.every(({ failed }) => failed.length === 0)) log.info('all storage compared', countedMetric(metricNames.inventoriesTaken));
};
