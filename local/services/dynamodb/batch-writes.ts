import { z } from 'zod';
import type { Members } from './engine.ts';
import { addressOf, itemId, type TableWorld } from './table-world.ts';

const requestsSchema = z.record(
  z.string(),
  z.array(z.object({ PutRequest: z.record(z.string(), z.unknown()).optional(), DeleteRequest: z.record(z.string(), z.unknown()).optional() })),
);

type Requests = z.infer<typeof requestsSchema>;

/** Splits a batch into what can be written now and what a transaction in flight holds. */
const split = async ({ engine, held }: TableWorld, requests: Requests): Promise<{ free: Requests; waiting: Requests }> => {
  const free: Requests = {};
  const waiting: Requests = {};
  for (const [TableName, writes] of Object.entries(requests)) {
    for (const write of writes) {
      const address = await addressOf(engine, { TableName, ...write.PutRequest, ...write.DeleteRequest });
      const side = held.isHeld(itemId(address)) ? waiting : free;
      (side[TableName] ??= []).push(write);
    }
  }
  return { free, waiting };
};

/** Writes a batch. What a transaction in flight holds comes back as unprocessed, as under contention on AWS. */
export const batchWriteItem = async (world: TableWorld, input: Members): Promise<Members> => {
  world.engine.check('BatchWriteItem', input);
  const { free, waiting } = await split(world, requestsSchema.parse(input['RequestItems']));
  if (Object.keys(waiting).length === 0) return world.engine.perform('BatchWriteItem', input);
  if (Object.keys(free).length === 0) return { UnprocessedItems: waiting };
  return { ...(await world.engine.perform('BatchWriteItem', { ...input, RequestItems: free })), UnprocessedItems: waiting };
};
