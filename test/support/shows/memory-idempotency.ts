import type { IdempotencyStore, KeptResponse } from '../../../lambda/domain/shared/idempotency.ts';

interface Kept {
  readonly fingerprint: string;
  readonly startedAt: number;
  readonly response?: KeptResponse;
}

/** Idempotency keys in memory, by the injected clock. */
export const memoryIdempotency = (now: () => number): IdempotencyStore => {
  const kept = new Map<string, Kept>();
  const keyOf = ({ accountId, key }: { accountId: string; key: string }): string => `${accountId} ${key}`;
  return {
    async claim(request) {
      const found = kept.get(keyOf(request));
      const isExpired = found !== undefined && now() - found.startedAt >= 24 * 3_600_000;
      const isAbandoned = found !== undefined && found.response === undefined && now() - found.startedAt >= 60_000;
      if (found && !isExpired && found.fingerprint !== request.fingerprint) return { outcome: 'OTHER_REQUEST' };
      if (found && !isExpired && found.response) return { outcome: 'COMPLETED', response: found.response };
      if (found && !isExpired && !isAbandoned) return { outcome: 'IN_PROGRESS' };
      kept.set(keyOf(request), { fingerprint: request.fingerprint, startedAt: now() });
      return { outcome: 'STARTED' };
    },
    async complete(request, response) {
      kept.set(keyOf(request), { fingerprint: request.fingerprint, startedAt: now(), response });
    },
    abandon: async (request) => void kept.delete(keyOf(request)),
  };
};
