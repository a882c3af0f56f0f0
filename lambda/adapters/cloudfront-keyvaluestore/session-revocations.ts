import { edgeStoreKey, isRevocationKey } from '../../contract/viewer-token.ts';
import type { SessionRevocations } from '../../domain/playback/viewer-sessions.ts';
import { type EdgeStore, mostChanges } from './edge-store.ts';

const portions = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / mostChanges) }, (_, index) => items.slice(index * mostChanges, (index + 1) * mostChanges));

/** Revoked sessions in the edge's store, which holds some ten thousand of them. */
export const keyValueStoreSessionRevocations = (store: EdgeStore): SessionRevocations => ({
  isRevoked: async (session) => (await store.read(edgeStoreKey.revocation(session))) !== undefined,
  async revoke(sessions) {
    for (const portion of portions(sessions)) {
      await store.change(async () => ({ Puts: portion.map(({ session, until }) => ({ Key: edgeStoreKey.revocation(session), Value: String(until) })) }));
    }
  },
  async forgetExpired(now) {
    const expired = (await store.entries()).filter(([key, until]) => isRevocationKey(key) && Number(until) <= now).map(([key]) => key);
    for (const portion of portions(expired)) {
      // A session that was revoked anew meanwhile stays.
      await store.change(async () => {
        const current = await Promise.all(portion.map(async (Key) => ({ Key, until: await store.read(Key) })));
        const Deletes = current.filter(({ until }) => until !== undefined && Number(until) <= now).map(({ Key }) => ({ Key }));
        return Deletes.length === 0 ? undefined : { Deletes };
      });
    }
  },
});
