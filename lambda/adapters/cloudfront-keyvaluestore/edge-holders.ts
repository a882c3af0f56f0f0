import { edgeHolderSchema, edgeStoreKey } from '../../contract/viewer-token.ts';
import type { EdgeHolders, Holder, NextHolder } from '../../domain/playback/edge-holders.ts';
import type { EdgeChanges, EdgeStore } from './edge-store.ts';

const holderChanges = (distributionId: string, next: NextHolder): EdgeChanges | undefined => {
  const Key = edgeStoreKey.holder(distributionId);
  switch (next) {
    case 'AS_IT_IS':
      return undefined;
    case 'NOBODY':
      return { Deletes: [{ Key }] };
    default:
      return { Puts: [{ Key, Value: JSON.stringify(next) }] };
  }
};

const withKeys = (changes: EdgeChanges | undefined, signingKeys: Readonly<Record<string, string>>): EdgeChanges | undefined => {
  const keys = Object.entries(signingKeys).map(([keyId, Value]) => ({ Key: edgeStoreKey.signingKey(keyId), Value }));
  return keys.length === 0 ? changes : { ...changes, Puts: [...keys, ...(changes?.Puts ?? [])] };
};

/** Whom each distribution serves, in the edge's store. */
export const keyValueStoreEdgeHolders = (store: EdgeStore): EdgeHolders => {
  const get = async (distributionId: string): Promise<Holder | undefined> => {
    const value = await store.read(edgeStoreKey.holder(distributionId));
    return value === undefined ? undefined : edgeHolderSchema.parse(JSON.parse(value));
  };
  return {
    get,
    change: (distributionId, decide, signingKeys = {}) =>
      store.change(async () => withKeys(holderChanges(distributionId, await decide(await get(distributionId))), signingKeys)),
    publishKeys: (signingKeys) => store.change(async () => withKeys(undefined, signingKeys)),
  };
};
