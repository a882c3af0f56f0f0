import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbHoldingStore } from '../../adapters/dynamodb/holding-store.ts';
import { dynamoDbIdempotencyStore } from '../../adapters/dynamodb/idempotency-store.ts';
import { dynamoDbOnDemandTraffic } from '../../adapters/dynamodb/on-demand-store.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbPriceTermsStore } from '../../adapters/dynamodb/price-terms-store.ts';
import { dynamoDbRecordingShareStore } from '../../adapters/dynamodb/recording-share-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { s3ObjectListing } from '../../adapters/s3/s3-object-listing.ts';
import { s3ObjectRemoval } from '../../adapters/s3/s3-object-removal.ts';
import { sealedIdempotencyStore } from '../../adapters/secretsmanager/sealed-idempotency.ts';
import { idsFrom } from '../../domain/shared/identifiers.ts';
import { bookAccrual } from '../../domain/usage/accrual/book-accrual.ts';
import { makeDue } from '../../domain/usage/accrual/make-due.ts';
import { dynamoDbClient, s3Client, secretsManagerClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { newSecret } from '../../platform/random.ts';
import { recordingOperations } from './recording-operations.ts';

/**
 * Shares and deletes recordings, which ends their charges. Answers hold secrets and are kept sealed. IAM: `dynamodb:GetItem`, `Query`, `PutItem`,
 * `UpdateItem`, `DeleteItem` on the table; `s3:ListBucket` on the recordings and `s3:DeleteObject` on their files; `secretsmanager:GetSecretValue` on the
 * secret that seals.
 */
export const handler = restHandler<OperationsOf<'recordings'>>(() => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME, requestRetryTiming);
  return {
    idempotency: sealedIdempotencyStore(dynamoDbIdempotencyStore(table, Date.now), secretsManagerClient(), readEnvironment('answerSeal').ANSWER_SEAL_SECRET_ARN, Date.now),
    operations: recordingOperations({
      breakouts: dynamoDbBreakoutStore(table),
      recordings: dynamoDbRecordingStore(table),
      shares: dynamoDbRecordingShareStore(table),
      objects: { ...s3ObjectListing(s3Client()), ...s3ObjectRemoval(s3Client()) },
      makeDue: makeDue({ holdings: dynamoDbHoldingStore(table), now: Date.now }),
      endCharges: bookAccrual({
        usage: dynamoDbUsageStore(table),
        history: dynamoDbUsageHistory(table),
        holdings: dynamoDbHoldingStore(table),
        onDemand: dynamoDbOnDemandTraffic(table),
        recordings: dynamoDbRecordingStore(table),
        books: dynamoDbPriceBookStore(table),
        terms: dynamoDbPriceTermsStore(table),
        pricedRegion: readEnvironment('pricing').PRICED_REGION,
        now: () => new Date(),
      }),
      coldDays: readEnvironment('recordingsLife').RECORDINGS_COLD_DAYS,
      newId: idsFrom(Date.now),
      newSecret,
      now: Date.now,
    }),
  };
});
