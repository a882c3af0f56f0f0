import { cloudWatchMetricReader } from '../../adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { cloudWatchViewerCountries } from '../../adapters/cloudwatch/cloudwatch-viewer-countries.ts';
import { dynamoDbAccountStore } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbChannelTurns } from '../../adapters/dynamodb/channel-turns.ts';
import { dynamoDbDeliveryLogStore } from '../../adapters/dynamodb/delivery-log-store.ts';
import { dynamoDbHoldingStore } from '../../adapters/dynamodb/holding-store.ts';
import { dynamoDbLateLogs } from '../../adapters/dynamodb/late-log-store.ts';
import { dynamoDbMetricRechecks } from '../../adapters/dynamodb/metric-recheck-store.ts';
import { dynamoDbMetricReadings } from '../../adapters/dynamodb/metric-readings.ts';
import { dynamoDbOnDemandTraffic } from '../../adapters/dynamodb/on-demand-store.ts';
import { dynamoDbCamOverheadDays, dynamoDbKnownPipelines, dynamoDbOverheadDays } from '../../adapters/dynamodb/overhead-stores.ts';
import { dynamoDbPastHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbPriceTermsStore } from '../../adapters/dynamodb/price-terms-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUnendedConversions } from '../../adapters/dynamodb/unended-conversions.ts';
import { dynamoDbUsageHistory } from '../../adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { mediaConvertJobWatch } from '../../adapters/mediaconvert/mediaconvert-conversion-jobs.ts';
import { s3ObjectListing } from '../../adapters/s3/s3-object-listing.ts';
import { s3PlaylistFiles } from '../../adapters/s3/s3-playlist-files.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { metricNames } from '../../contract/metric-names.ts';
import { bookHour, type BookHourDeps } from '../../domain/usage/accrual/book-hour.ts';
import { measureAgain } from '../../domain/usage/late/measure-again.ts';
import { cloudWatchClient, dynamoDbClient, ivsClient, mediaConvertClient, s3Client, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

const build = (): Omit<BookHourDeps, 'leaveAt'> => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const onDemand = dynamoDbOnDemandTraffic(table);
  const deps = {
    accounts: dynamoDbAccountStore(table),
    usage: dynamoDbUsageStore(table),
    history: dynamoDbUsageHistory(table),
    holdings: dynamoDbHoldingStore(table),
    recordings: dynamoDbRecordingStore(table),
    unended: dynamoDbUnendedConversions(table),
    jobs: mediaConvertJobWatch(mediaConvertClient()),
    objects: s3ObjectListing(s3Client()),
    playlists: s3PlaylistFiles(s3Client()),
    books: dynamoDbPriceBookStore(table),
    onDemand,
    traffic: onDemand,
    overheads: dynamoDbOverheadDays(table),
    known: dynamoDbKnownPipelines(table),
    holds: dynamoDbPastHolds(table),
    turns: dynamoDbChannelTurns(table),
    breakouts: dynamoDbBreakoutStore(table),
    runs: dynamoDbChannelRunStore(table),
    cam: {
      runs: dynamoDbCamRunStore(table),
      sessions: dynamoDbStreamSessionStore(table),
      streams: ivsStreamWatch(ivsClient()),
      viewerCountries: cloudWatchViewerCountries(cloudWatchClient),
      days: dynamoDbCamOverheadDays(table),
    },
    logs: dynamoDbDeliveryLogStore(table),
    metrics: cloudWatchMetricReader({ client: cloudWatchClient, now: Date.now }),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    recordingsDistributionId: readEnvironment('recordingsDelivery').RECORDINGS_DISTRIBUTION_ID,
    terms: dynamoDbPriceTermsStore(table),
    pricedRegion: readEnvironment('pricing').PRICED_REGION,
    readings: dynamoDbMetricReadings(table),
    rechecks: dynamoDbMetricRechecks(table),
    recordingsBucket: readEnvironment('recordings').RECORDINGS_BUCKET,
    recordingsColdDays: readEnvironment('recordingsLife').RECORDINGS_COLD_DAYS,
    settleSeconds: readEnvironment('settle').USAGE_SETTLE_SECONDS,
    lateLogs: dynamoDbLateLogs(table),
    now: () => new Date(),
  };
  return { ...deps, measureAgain: measureAgain(deps) };
};

let built: Omit<BookHourDeps, 'leaveAt'> | undefined;

/** What an invocation knows of its own end. */
interface InvocationTime {
  getRemainingTimeInMillis(): number;
}

/** The last batch is given so long. */
const reserveMilliseconds = 60_000;

/**
 * Fires every hour and books what no show's own measurement does: overheads, what viewers of recordings were sent, conversions
 * that ended after they were given up, what expired, months that ended, what accounts bear of them beside their breakouts, and
 * what late logs tell of all these and of shows. IAM: `dynamodb:GetItem`, `Query`, `PutItem`, `UpdateItem` (also in transactions),
 * `DeleteItem` on the table; `ssm:GetParameter`, `GetParametersByPath` on pipelines; `cloudwatch:GetMetricData`, `ListMetrics` on
 * `*`; `ivs:ListStreamSessions`, `GetStreamSession` on the Cam pipelines' channels; `mediaconvert:GetJob` on jobs; `s3:ListBucket` on
 * archive and recordings, `s3:GetObject`, `s3:PutObject` on playlists of recordings.
 */
export const handler = async (_event: unknown, invocation: InvocationTime): Promise<void> => {
  const log = createLogger();
  const leaveAt = Date.now() + invocation.getRemainingTimeInMillis() - reserveMilliseconds;
  const { booked, failed, isComplete } = await bookHour({ ...(built ??= build()), leaveAt })();
  for (const { what, error } of failed) log.error('usage that accrues could not be booked', { what, error });
  const isDone = failed.length === 0 && isComplete;
  log.info('accrual booked', { booked, failed: failed.length, isComplete, ...(isDone ? countedMetric(metricNames.accrualsBooked) : {}) });
};
