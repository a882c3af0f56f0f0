/** The items that transactions in flight hold, by item id. */
export interface HeldItems {
  isHeld(itemId: string): boolean;
  /** Holds the items until the answer is called. They must not be held already. */
  hold(itemIds: readonly string[]): () => void;
}

/** No item is held. */
export const heldItems = (): HeldItems => {
  const held = new Set<string>();
  return {
    isHeld: (itemId) => held.has(itemId),
    hold: (itemIds) => {
      for (const itemId of itemIds) held.add(itemId);
      return () => {
        for (const itemId of itemIds) held.delete(itemId);
      };
    },
  };
};
