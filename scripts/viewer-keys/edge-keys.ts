import type { EdgeStore } from '../../lambda/adapters/cloudfront-keyvaluestore/edge-store.ts';
import { edgeStoreKey } from '../../lambda/contract/viewer-token.ts';
import type { EdgeKeys } from './rotate-token-key.ts';

/** The keys that verify tokens, in the edge's store. */
export const edgeStoreKeys = (store: EdgeStore): EdgeKeys => ({
  put: (name, Value) => store.change(async () => ({ Puts: [{ Key: edgeStoreKey.signingKey(name), Value }] })),
  remove: (name) => store.change(async () => ((await store.read(edgeStoreKey.signingKey(name))) === undefined ? undefined : { Deletes: [{ Key: edgeStoreKey.signingKey(name) }] })),
});
