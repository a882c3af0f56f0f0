import type { EdgeHolders, Holder } from '../../../lambda/domain/playback/edge-holders.ts';
import type { RevokedSession, SessionRevocations } from '../../../lambda/domain/playback/viewer-sessions.ts';
import type { KeptDevices, ViewerDeviceStore } from '../../../lambda/domain/playback/viewer-devices.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What the edge knows, with a version for all of it as the real store has: who decides on an old one decides anew. */
export const memoryEdge = () => {
  const holders = new Map<string, Holder>();
  const keys: Record<string, string> = {};
  let version = 0;
  const edge: EdgeHolders = {
    get: async (distributionId) => holders.get(distributionId),
    publishKeys: async (signingKeys) => void Object.assign(keys, signingKeys),
    async change(distributionId, decide, signingKeys = {}) {
      for (;;) {
        const read = version;
        const next = await decide(holders.get(distributionId));
        await turn();
        if (read !== version) continue;
        version += 1;
        Object.assign(keys, signingKeys);
        if (next === 'NOBODY') holders.delete(distributionId);
        else if (next !== 'AS_IT_IS') holders.set(distributionId, next);
        return;
      }
    },
  };
  return { edge, holders, keys };
};

/** Revoked sessions, by session. */
export const memoryRevocations = () => {
  const revoked = new Map<string, number>();
  const revocations: SessionRevocations = {
    isRevoked: async (session) => revoked.has(session),
    async revoke(sessions: readonly RevokedSession[]) {
      await turn();
      for (const { session, until } of sessions) revoked.set(session, until);
    },
    async forgetExpired(now) {
      for (const [session, until] of revoked) if (until <= now) revoked.delete(session);
    },
  };
  return { revocations, revoked };
};

/** Viewers' devices, written over the revision before only. */
export const memoryDevices = (): ViewerDeviceStore => {
  const kept = new Map<string, KeptDevices>();
  const nameOf = (accountId: string, viewer: string): string => `${accountId} ${viewer}`;
  return {
    get: async (accountId, viewer) => kept.get(nameOf(accountId, viewer)) ?? { devices: [], revision: 0 },
    async save(accountId, viewer, next) {
      await turn();
      if ((kept.get(nameOf(accountId, viewer))?.revision ?? 0) !== next.revision - 1) return false;
      kept.set(nameOf(accountId, viewer), next);
      return true;
    },
  };
};
