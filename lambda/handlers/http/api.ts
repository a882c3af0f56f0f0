import { dynamoDbAccountStore } from '../../adapters/dynamodb/account-store.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbShowRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbIdempotencyStore } from '../../adapters/dynamodb/idempotency-store.ts';
import { dynamoDbPipelineCalendar, dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbPriceTermsStore } from '../../adapters/dynamodb/price-terms-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { idsFrom } from '../../domain/shared/identifiers.ts';
import { dynamoDbClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { accountOperations } from './account-operations.ts';
import { breakoutOperations } from './breakout-operations.ts';
import { eventOperations } from './event-operations.ts';
import { logOperations } from './log-operations.ts';
import { monthOperations } from './month-operations.ts';
import { pipelineOperations } from './pipeline-operations.ts';
import { priceCorrectionOperations } from './price-correction-operations.ts';
import { priceTermsOperations } from './price-terms-operations.ts';
import { recordingListOperations } from './recording-list-operations.ts';

/**
 * Plans and reads: accounts, events, breakouts, pipelines, logs, what runs, recordings; closes billing months and corrects prices. IAM: dynamodb:GetItem, PutItem, UpdateItem,
 * DeleteItem and Query on the table and its index (transactions need no more); ssm:GetParameter and
 * ssm:GetParametersByPath on the pipelines' path.
 */
export const handler = restHandler<OperationsOf<'api'>>(() => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME, requestRetryTiming);
  const deps = {
    accounts: dynamoDbAccountStore(table),
    events: dynamoDbEventStore(table),
    breakouts: dynamoDbBreakoutStore(table),
    calendar: dynamoDbPipelineCalendar(table),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbShowRunStore(table),
    log: dynamoDbShowLog(table),
    recordings: dynamoDbRecordingStore(table),
    usage: dynamoDbUsageStore(table),
    history: dynamoDbUsageHistory(table),
    books: dynamoDbPriceBookStore(table),
    terms: dynamoDbPriceTermsStore(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    pricedRegion: readEnvironment('pricing').PRICED_REGION,
    curtainUnlessTold: readEnvironment('curtain').CURTAIN_UNLESS_TOLD,
    newId: idsFrom(Date.now),
    now: Date.now,
  };
  return {
    idempotency: dynamoDbIdempotencyStore(table, Date.now),
    operations: {
      ...accountOperations(deps),
      ...eventOperations(deps),
      ...breakoutOperations(deps),
      ...pipelineOperations(deps),
      ...priceTermsOperations(deps),
      ...logOperations(deps),
      ...recordingListOperations(deps),
      ...monthOperations(deps),
      ...priceCorrectionOperations(deps),
    },
  };
});
