import { z } from 'zod';
import { validationFault } from './dynamodb-fault.ts';
import type { EngineOperation } from './engine-operations.ts';
import type { Engine, Members } from './engine.ts';
import { addressOf, itemId, type ItemAddress } from './table-world.ts';

/** One action of a transaction, as the engine would perform it alone. */
export interface TransactionAction {
  readonly kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get';
  readonly operation: EngineOperation;
  readonly input: Members;
}

/** An action and the item that it touches. */
export interface AddressedAction extends TransactionAction {
  readonly address: ItemAddress;
}

/** A check is performed as a deletion whose writes are thrown away. */
const operations = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'DeleteItem', Get: 'GetItem' } as const;

const writeKinds = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const;
const mostActions = 100;
const itemsSchema = z.array(z.record(z.string(), z.record(z.string(), z.unknown()).optional())).min(1);

const readAction = (item: Record<string, Members | undefined>, kinds: readonly TransactionAction['kind'][]): TransactionAction => {
  const named = kinds.filter((kind) => item[kind] !== undefined);
  const [kind] = named;
  const input = kind && item[kind];
  if (!input || named.length > 1) {
    throw validationFault(`TransactItems can only contain one of ${kinds.join(', ')} per action, got ${named.join(', ') || 'none'}`);
  }
  if (kind === 'ConditionCheck' && input['ConditionExpression'] === undefined) {
    throw validationFault('The ConditionExpression parameter is required for ConditionCheck');
  }
  return { kind, operation: operations[kind], input };
};

const readActions = (engine: Engine, input: Members, kinds: readonly TransactionAction['kind'][]): readonly TransactionAction[] => {
  const items = itemsSchema.safeParse(input['TransactItems']);
  if (!items.success) {
    throw validationFault("1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must be a list of at least 1 action");
  }
  if (items.data.length > mostActions) {
    throw validationFault(`1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${mostActions}`);
  }
  return items.data.map((item) => {
    const action = readAction(item, kinds);
    engine.check(action.operation, action.input);
    return action;
  });
};

/** The writes and checks of TransactWriteItems, each valid in itself. Throws {@link validationFault}. */
export const readWriteActions = (engine: Engine, input: Members): readonly TransactionAction[] => readActions(engine, input, writeKinds);

/** The reads of TransactGetItems, each valid in itself. Throws {@link validationFault}. */
export const readGetActions = (engine: Engine, input: Members): readonly TransactionAction[] => readActions(engine, input, ['Get']);

/** The actions with the items that they touch. Throws when two of them touch one item. */
export const addressActions = async (engine: Engine, actions: readonly TransactionAction[]): Promise<readonly AddressedAction[]> => {
  const addressed = await Promise.all(actions.map(async (action) => ({ ...action, address: await addressOf(engine, action.input) })));
  if (new Set(addressed.map(({ address }) => itemId(address))).size < addressed.length) {
    throw validationFault('Transaction request cannot include multiple operations on one item');
  }
  return addressed;
};
