import type { Audience } from '../../../lambda/domain/audience/audience.ts';
import { countAccessLog } from '../../../lambda/domain/usage/count-access-log.ts';
import { anAccessLog } from './an-access-log.ts';
import { itemIds } from './ids.ts';
import { memoryAudienceStore } from './memory-audience-store.ts';
import { memoryDeliveryLog } from './memory-delivery-log.ts';

/** The log file that is counted unless another is named, of the day that follows. */
export const logKey = 'pl_main/E2ABCDEFGH.2026-11-23-10.1a2b3c4d.gz';
export const logDay = { from: Date.parse('2026-11-23T00:00:00Z'), to: Date.parse('2026-11-24T00:00:00Z') };

/** Counts access logs into memory: `files` holds each file's bytes in the pieces in which they come. */
export const countedLogs = () => {
  const files = new Map<string, readonly Uint8Array[]>();
  const log = memoryDeliveryLog();
  const audiences = memoryAudienceStore();
  const count = countAccessLog({
    files: {
      async *bytes(_bucket, name) {
        yield* files.get(name) ?? [];
      },
    },
    logs: log.store,
    audiences,
    ownerOf: async (breakoutId) => (breakoutId === itemIds.breakout ? { breakoutId, eventId: itemIds.event, accountId: itemIds.account } : undefined),
    now: () => Date.parse('2026-11-23T12:00:00Z'),
    lateAfterMilliseconds: 6 * 3_600_000,
  });
  return {
    ...log, audiences, files,
    count: (lines: readonly string[], name = logKey) => {
      files.set(name, [anAccessLog(lines)]);
      return count('logs', name);
    },
    recount: (name = logKey) => count('logs', name),
    rows: () => log.store.rows('E2ABCDEFGH', logDay),
    audience: async (): Promise<Audience> => (await audiences.read({ kind: 'BREAKOUT', id: itemIds.breakout }))!,
  };
};
