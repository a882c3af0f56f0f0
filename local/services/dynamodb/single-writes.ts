import type { AttributeMap } from 'dynalite/db/index.js';
import { DynamoDbFault, modelledFault, validationFault } from './dynamodb-fault.ts';
import type { Members } from './engine.ts';
import { observedView } from './store-views.ts';
import { addressOf, itemId, type TableWorld } from './table-world.ts';

/** Writes of one item. */
export type SingleWrite = 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** Whether a failed condition answers with the item that failed it. Throws on a value that DynamoDB does not know. */
export const wantsFailedItem = (input: Members): boolean => {
  const value = input['ReturnValuesOnConditionCheckFailure'] ?? 'NONE';
  if (value === 'ALL_OLD' || value === 'NONE') return value === 'ALL_OLD';
  throw validationFault(
    `1 validation error detected: Value ${JSON.stringify(value)} at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
};

/** Whether an error says that a condition was not met. */
export const isFailedCondition = (error: unknown): boolean =>
  error instanceof DynamoDbFault && error.code === 'ConditionalCheckFailedException';

/** Puts, updates or deletes one item, unless a transaction holds it. */
export const writeItem =
  (operation: SingleWrite) =>
  async ({ engine, held }: TableWorld, input: Members): Promise<Members> => {
    const answersItem = wantsFailedItem(input);
    engine.check(operation, input);
    if (held.isHeld(itemId(await addressOf(engine, input)))) {
      throw modelledFault('TransactionConflictException', 'Transaction is ongoing for the item');
    }
    let found: AttributeMap | undefined;
    try {
      return await engine.perform(operation, input, observedView(engine.store, (item) => (found = item)));
    } catch (error) {
      if (!answersItem || !found || !(error instanceof DynamoDbFault) || !isFailedCondition(error)) throw error;
      throw new DynamoDbFault(error.statusCode, { ...error.body, Item: found }, error.message);
    }
  };
