import * as z from 'zod';
import { itemKey, timeToLiveAttribute } from '../../contract/table-keys.ts';
import type { IdempotencyStore, IdempotentRequest, KeptResponse } from '../../domain/shared/idempotency.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

interface StoredRequest {
  readonly fingerprint: string;
  /** Unix seconds. */
  readonly startedAt: number;
  readonly expiresAt: number;
  readonly response?: KeptResponse;
}

const storedSchema: z.ZodType<StoredRequest> = z.object({
  fingerprint: z.string(),
  startedAt: z.number(),
  [timeToLiveAttribute]: z.number(),
  response: z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() }).exactOptional(),
});

const codec = itemCodec('IdempotentRequest', 1, storedSchema);

const keptSeconds = 24 * 3600;

// API Gateway gives up after 29 s: a request that is older died with its function.
const abandonedAfterSeconds = 60;

const keyOf = ({ accountId, key }: IdempotentRequest) => itemKey.idempotency(accountId, key);

/** Idempotency keys in the one table. */
export const dynamoDbIdempotencyStore = (table: Table, now: () => number): IdempotencyStore => {
  const seconds = (): number => Math.floor(now() / 1000);
  const itemOf = (request: IdempotentRequest, response?: KeptResponse) => ({
    ...codec.encode({
      fingerprint: request.fingerprint,
      startedAt: seconds(),
      expiresAt: seconds() + keptSeconds,
      ...(response === undefined ? {} : { response }),
    }),
    ...keyOf(request),
  });
  const takeOver = async (request: IdempotentRequest, startedAt: number) =>
    (await attempted(table.put(itemOf(request), equals('startedAt', startedAt)))) ? ({ outcome: 'STARTED' } as const) : ({ outcome: 'IN_PROGRESS' } as const);
  return {
    async claim(request) {
      if (await attempted(table.put(itemOf(request), isAbsent))) return { outcome: 'STARTED' };
      const item = await table.get(keyOf(request));
      // It went between the two calls: whoever made it is done or has given up, so the client may ask again.
      if (item === undefined) return { outcome: 'IN_PROGRESS' };
      const { fingerprint, startedAt, expiresAt, response } = codec.decode(item);
      // DynamoDB deletes expired items late.
      if (expiresAt <= seconds()) return takeOver(request, startedAt);
      if (fingerprint !== request.fingerprint) return { outcome: 'OTHER_REQUEST' };
      if (response !== undefined) return { outcome: 'COMPLETED', response };
      return startedAt + abandonedAfterSeconds <= seconds() ? takeOver(request, startedAt) : { outcome: 'IN_PROGRESS' };
    },
    complete: (request, response) => table.put(itemOf(request, response)),
    async abandon(request) {
      await attempted(table.delete(keyOf(request), equals('fingerprint', request.fingerprint)));
    },
  };
};
