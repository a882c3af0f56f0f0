import type { Members } from './engine.ts';
import { withItemLocks } from './item-locks.ts';
import { itemId, type TableWorld } from './table-world.ts';
import { areNone, cancelled, conflictReason, noReason } from './transaction-cancellation.ts';
import { addressActions, readGetActions } from './transaction-request.ts';

/** Reads all items as one, unless a transaction that writes holds one of them. */
export const transactGet = async ({ engine, held }: TableWorld, input: Members): Promise<Members> => {
  const actions = await addressActions(engine, readGetActions(engine, input));
  const reasons = actions.map(({ address }) => (held.isHeld(itemId(address)) ? conflictReason : noReason));
  if (!areNone(reasons)) throw cancelled(reasons);
  const addresses = actions.map(({ address }) => address);
  return withItemLocks(engine.store, addresses, async () => {
    const answers = await Promise.all(actions.map(({ input: get }) => engine.perform('GetItem', get)));
    return { Responses: answers.map(({ Item }) => (Item === undefined ? {} : { Item })) };
  });
};
