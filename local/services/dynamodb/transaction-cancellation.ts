import { modelledFault, type DynamoDbFault } from './dynamodb-fault.ts';

/** Why one action cancelled its transaction; `None` for an action that did not. */
export interface CancellationReason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'TransactionConflict' | 'ValidationError';
  readonly Message?: string;
  /** The item that failed the condition, where the action asked for it. */
  readonly Item?: Readonly<Record<string, unknown>>;
}

/** The reason of an action that did not cancel the transaction. */
export const noReason: CancellationReason = { Code: 'None' };

/** The reason of an action whose item another transaction holds. */
export const conflictReason: CancellationReason = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };

/** Whether nothing cancels the transaction. */
export const areNone = (reasons: readonly CancellationReason[]): boolean => reasons.every(({ Code }) => Code === 'None');

/** The answer to a transaction that was cancelled: one reason an action, in the order of the actions. */
export const cancelled = (reasons: readonly CancellationReason[]): DynamoDbFault => {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return modelledFault('TransactionCanceledException', message, { CancellationReasons: reasons });
};
