import type { Holding, HoldingStore } from '../../../lambda/domain/usage/accrual/holding.ts';

/** Keeps holdings in memory. */
export const memoryHoldingStore = () => {
  const holdings = new Map<string, Holding>();
  const looks = new Map<string, number>();
  const store: HoldingStore = {
    get: async (breakoutId) => holdings.get(breakoutId),
    save: async (holding, lookAt) => {
      if ((holdings.get(holding.breakoutId)?.revision ?? 0) !== holding.revision - 1) return false;
      holdings.set(holding.breakoutId, holding);
      if (lookAt === undefined) looks.delete(holding.breakoutId);
      else looks.set(holding.breakoutId, lookAt);
      return true;
    },
    due: async (at, limit, after) =>
      [...looks]
        .map(([breakoutId, lookAt]) => ({ breakoutId, lookAt, place: `${new Date(lookAt).toISOString()}#${breakoutId}` }))
        .filter(({ lookAt, place }) => lookAt <= at && (after === undefined || place > `${new Date(after.lookAt).toISOString()}#${after.breakoutId}`))
        .sort((one, other) => (one.place < other.place ? -1 : 1))
        .slice(0, limit)
        .map(({ breakoutId, lookAt }) => ({ breakoutId, lookAt })),
  };
  return { ...store, holdings, looks };
};
