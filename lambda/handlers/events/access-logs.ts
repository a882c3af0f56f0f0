import { metricNames } from '../../contract/metric-names.ts';
import { mediaEvents, objectCreatedDetailSchema } from '../../contract/media-events.ts';
import { dynamoDbAudienceStore } from '../../adapters/dynamodb/audience-store.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbDeliveryLogStore } from '../../adapters/dynamodb/delivery-log-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { s3AccessLogFiles } from '../../adapters/s3/s3-access-log-files.ts';
import { InvalidInputError, NotFoundError } from '../../domain/shared/errors.ts';
import { countAccessLog, type CountAccessLogDeps } from '../../domain/usage/count-access-log.ts';
import { lateAfterMilliseconds } from '../../domain/usage/late/late-log.ts';
import { dynamoDbClient, s3Client } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { eventHandler, eventRoute } from '../../platform/event-handler.ts';
import { countedMetric } from '../../platform/metric-fields.ts';
import { newBytes } from '../../platform/random.ts';

const build = (): CountAccessLogDeps & { readonly bucket: string } => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const breakouts = dynamoDbBreakoutStore(table);
  return {
    bucket: readEnvironment('accessLogs').ACCESS_LOGS_BUCKET,
    files: s3AccessLogFiles(s3Client()),
    logs: dynamoDbDeliveryLogStore(table),
    audiences: dynamoDbAudienceStore(table, { randomBytes: newBytes }),
    ownerOf: async (breakoutId) => {
      try {
        const { eventId, accountId } = await breakouts.get(breakoutId);
        return { breakoutId, eventId, accountId };
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
    now: Date.now,
    lateAfterMilliseconds: lateAfterMilliseconds(readEnvironment('settle').USAGE_SETTLE_SECONDS),
  };
};

let built: ReturnType<typeof build> | undefined;

/**
 * Counts an access log when it has been delivered; the same file again changes nothing, and one that cannot be counted is
 * set aside. IAM: `s3:GetObject` on the log bucket's objects; `dynamodb:GetItem`, `PutItem`, `DeleteItem` on the table.
 */
export const handler = eventHandler([
  eventRoute(mediaEvents.objectCreated, objectCreatedDetailSchema, async ({ detail }, log) => {
    const deps = (built ??= build());
    const { bucket, object } = detail;
    if (bucket.name !== deps.bucket) {
      log.warn('object of another bucket', { bucket: bucket.name });
      return;
    }
    try {
      const counted = await countAccessLog(deps)(bucket.name, object.key);
      if (counted.status === 'SET_ASIDE') log.error('access log set aside', { key: object.key, ...counted, ...countedMetric(metricNames.accessLogsSetAside) });
      else log.info('access log counted', { key: object.key, ...counted });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      log.warn('object is no access log', { key: object.key });
    }
  }),
]);
