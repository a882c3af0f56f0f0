import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';

/** Thrown when a write's condition does not hold: nothing was written. `indices` are the places in the transaction, 0 for a single write. */
export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailed';
  readonly indices: readonly number[];

  constructor(indices: readonly number[], cause: unknown) {
    super(`the condition of write ${indices.join(', ')} does not hold`, { cause });
    this.indices = indices;
  }
}

const indicesOf = (error: TransactionCanceledException, ...codes: readonly string[]): number[] =>
  (error.CancellationReasons ?? []).flatMap(({ Code }, index) => (Code !== undefined && codes.includes(Code) ? [index] : []));

/** The failed condition that an SDK exception tells of, if it does. */
export const failedCondition = (error: unknown): ConditionFailedError | undefined => {
  if (error instanceof ConditionalCheckFailedException) return new ConditionFailedError([0], error);
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const indices = indicesOf(error, 'ConditionalCheckFailed');
  return indices.length === 0 ? undefined : new ConditionFailedError(indices, error);
};

/** Whether another transaction was writing the same items at the same time; the SDK does not retry these. */
export const isWriteConflict = (error: unknown): boolean =>
  error instanceof TransactionConflictException ||
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException &&
    indicesOf(error, 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded').length > 0);
