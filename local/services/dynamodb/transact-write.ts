import db, { type AttributeMap, type BatchOperation } from 'dynalite/db/index.js';
import { DynamoDbFault, validationFault } from './dynamodb-fault.ts';
import type { Engine, Members } from './engine.ts';
import { withItemLocks } from './item-locks.ts';
import { isFailedCondition, wantsFailedItem } from './single-writes.ts';
import { collectingView, observedView } from './store-views.ts';
import { attributesSchema, itemId, type TableWorld } from './table-world.ts';
import { areNone, cancelled, conflictReason, noReason, type CancellationReason } from './transaction-cancellation.ts';
import { addressActions, readWriteActions, type AddressedAction } from './transaction-request.ts';

const mostBytes = 4 * 1024 * 1024;

/** What one action would write, and why it cannot. */
interface Outcome {
  readonly writes: readonly BatchOperation[];
  readonly reason: CancellationReason;
}

const tryAction = async (engine: Engine, { kind, operation, input }: AddressedAction): Promise<Outcome> => {
  const writes: BatchOperation[] = [];
  let found: AttributeMap | undefined;
  const view = observedView(collectingView(engine.store, writes), (item) => (found = item));
  try {
    await engine.perform(operation, input, view);
    return { writes: kind === 'ConditionCheck' ? [] : writes, reason: noReason };
  } catch (error) {
    if (!(error instanceof DynamoDbFault)) throw error;
    if (!isFailedCondition(error)) return { writes: [], reason: { Code: 'ValidationError', Message: error.message } };
    const shown = found && wantsFailedItem(input) ? { Item: found } : {};
    return { writes: [], reason: { Code: 'ConditionalCheckFailed', Message: error.message, ...shown } };
  }
};

const refuseTooLarge = (actions: readonly AddressedAction[]): void => {
  const bytes = actions.reduce((sum, { input }) => sum + (input['Item'] === undefined ? 0 : db.itemSize(attributesSchema.parse(input['Item']))), 0);
  if (bytes > mostBytes) throw validationFault(`Transaction items are ${bytes} bytes together, allowed are 4 MB (${mostBytes} bytes)`);
};

const commit = (engine: Engine, actions: readonly AddressedAction[]): Promise<void> =>
  withItemLocks(engine.store, actions.map(({ address }) => address), async () => {
    const outcomes = await Promise.all(actions.map((action) => tryAction(engine, action)));
    const reasons = outcomes.map(({ reason }) => reason);
    if (!areNone(reasons)) throw cancelled(reasons);
    await engine.store.db.batch(outcomes.flatMap(({ writes }) => writes));
  });

/** Writes all actions or none. Items are held for a moment, in which whoever else touches them gets a conflict. */
export const transactWrite = async ({ engine, held, clock, transactionMilliseconds }: TableWorld, input: Members): Promise<Members> => {
  const actions = await addressActions(engine, readWriteActions(engine, input));
  actions.forEach(({ input: action }) => wantsFailedItem(action));
  refuseTooLarge(actions);
  const conflicts = actions.map(({ address }) => (held.isHeld(itemId(address)) ? conflictReason : noReason));
  if (!areNone(conflicts)) throw cancelled(conflicts);
  const letGo = held.hold(actions.map(({ address }) => itemId(address)));
  try {
    await clock.sleep(transactionMilliseconds);
    await commit(engine, actions);
    return {};
  } finally {
    letGo();
  }
};
