import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbRecordingShareStore } from '../../adapters/dynamodb/recording-share-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { s3ObjectListing } from '../../adapters/s3/s3-object-listing.ts';
import { s3ObjectRemoval } from '../../adapters/s3/s3-object-removal.ts';
import { idsFrom } from '../../domain/shared/identifiers.ts';
import { dynamoDbClient, s3Client } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { newSecret } from '../../platform/random.ts';
import { recordingLinks } from './recording-links.ts';
import { recordingOperations } from './recording-operations.ts';

/**
 * Signs, shares and deletes recordings. Answers hold tokens and secrets and are not kept; deleting twice is harmless. IAM: `dynamodb:GetItem`, `PutItem`, `DeleteItem` on the table; `s3:ListBucket`
 * on the recordings and `s3:DeleteObject` on their files; `secretsmanager:GetSecretValue` on the signing secret.
 */
export const handler = restHandler<OperationsOf<'recordings'>>(() => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME, requestRetryTiming);
  return {
    operations: recordingOperations({
      ...recordingLinks(),
      breakouts: dynamoDbBreakoutStore(table),
      recordings: dynamoDbRecordingStore(table),
      shares: dynamoDbRecordingShareStore(table),
      objects: { ...s3ObjectListing(s3Client()), ...s3ObjectRemoval(s3Client()) },
      newId: idsFrom(Date.now),
      newSecret,
    }),
  };
});
