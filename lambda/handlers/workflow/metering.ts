import { showTaskInput, type Progress } from '../../contract/show-workflow.ts';
import { cloudWatchMetricReader } from '../../adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { cloudWatchViewerCountries } from '../../adapters/cloudwatch/cloudwatch-viewer-countries.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbDeliveryLogStore } from '../../adapters/dynamodb/delivery-log-store.ts';
import { dynamoDbMetricReadings } from '../../adapters/dynamodb/metric-readings.ts';
import { dynamoDbMetricRechecks } from '../../adapters/dynamodb/metric-recheck-store.ts';
import { dynamoDbHoldingStore } from '../../adapters/dynamodb/holding-store.ts';
import { dynamoDbOnDemandTraffic } from '../../adapters/dynamodb/on-demand-store.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbPriceTermsStore } from '../../adapters/dynamodb/price-terms-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { s3ObjectListing } from '../../adapters/s3/s3-object-listing.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { measureFinal, measureProvisional, type MeasureBreakoutDeps } from '../../domain/usage/measure-breakout.ts';
import { cloudWatchClient, dynamoDbClient, ivsClient, s3Client, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { workflowHandler } from '../../platform/workflow-handler.ts';

const build = (): MeasureBreakoutDeps => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    runs: dynamoDbChannelRunStore(table),
    cam: { runs: dynamoDbCamRunStore(table), sessions: dynamoDbStreamSessionStore(table), streams: ivsStreamWatch(ivsClient()), viewerCountries: cloudWatchViewerCountries(cloudWatchClient) },
    recordings: dynamoDbRecordingStore(table),
    logs: dynamoDbDeliveryLogStore(table),
    books: dynamoDbPriceBookStore(table),
    terms: dynamoDbPriceTermsStore(table),
    usage: dynamoDbUsageStore(table),
    holdings: dynamoDbHoldingStore(table),
    onDemand: dynamoDbOnDemandTraffic(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    metrics: cloudWatchMetricReader({ client: cloudWatchClient, now: Date.now }),
    readings: dynamoDbMetricReadings(table),
    rechecks: dynamoDbMetricRechecks(table),
    objects: s3ObjectListing(s3Client()),
    recordingsBucket: readEnvironment('recordings').RECORDINGS_BUCKET,
    recordingsColdDays: readEnvironment('recordingsLife').RECORDINGS_COLD_DAYS,
    pricedRegion: readEnvironment('pricing').PRICED_REGION,
    settleSeconds: readEnvironment('settle').USAGE_SETTLE_SECONDS,
    now: () => new Date(),
  };
};

let built: MeasureBreakoutDeps | undefined;

/**
 * The tasks `measure-provisional` and `measure-final` of a show; the latter answers PENDING while sources are incomplete.
 * IAM: `dynamodb:GetItem`, `Query`, `PutItem`, `UpdateItem` (also in transactions) on the table; `ssm:GetParameter` on
 * pipelines; `s3:ListBucket` on archive and recordings; `cloudwatch:GetMetricData`, `ListMetrics` on `*`; `ivs:ListStreamSessions`, `GetStreamSession` on the
 * Cam pipelines' channels.
 */
export const handler = workflowHandler(showTaskInput('metering'), async ({ task, breakoutId, attempt }): Promise<Progress> => {
  const deps = (built ??= build());
  switch (task) {
    case 'measure-provisional':
      await measureProvisional(deps)(breakoutId);
      return { status: 'DONE' };
    case 'measure-final':
      return { status: await measureFinal(deps)({ breakoutId, attempt }) };
  }
});
