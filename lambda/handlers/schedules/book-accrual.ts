import { dynamoDbHoldingStore } from '../../adapters/dynamodb/holding-store.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../adapters/dynamodb/usage-store.ts';
import { metricNames } from '../../contract/metric-names.ts';
import { accrue, type AccrueDeps } from '../../domain/usage/accrual/accrue.ts';
import { dynamoDbClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

const build = (): Omit<AccrueDeps, 'leaveAt'> => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    usage: dynamoDbUsageStore(table),
    history: dynamoDbUsageHistory(table),
    holdings: dynamoDbHoldingStore(table),
    recordings: dynamoDbRecordingStore(table),
    books: dynamoDbPriceBookStore(table),
    pricedRegion: readEnvironment('pricing').PRICED_REGION,
    now: () => new Date(),
  };
};

let built: Omit<AccrueDeps, 'leaveAt'> | undefined;

/** What an invocation knows of its own end. */
interface InvocationTime {
  getRemainingTimeInMillis(): number;
}

/** The last batch is given so long. */
const reserveMilliseconds = 60_000;

/**
 * Fires every hour and books what accrues: what expired, months that ended. IAM: `dynamodb:GetItem`, `Query`, `PutItem`,
 * `UpdateItem` (also in transactions) on the table.
 */
export const handler = async (_event: unknown, invocation: InvocationTime): Promise<void> => {
  const log = createLogger();
  const leaveAt = Date.now() + invocation.getRemainingTimeInMillis() - reserveMilliseconds;
  const { booked, failed, isComplete } = await accrue({ ...(built ??= build()), leaveAt })();
  for (const { breakoutId, error } of failed) log.error('what a breakout holds could not be booked', { breakoutId, error });
  const isDone = failed.length === 0 && isComplete;
  log.info('accrual booked', { booked, failed: failed.length, isComplete, ...(isDone ? countedMetric(metricNames.accrualsBooked) : {}) });
};
