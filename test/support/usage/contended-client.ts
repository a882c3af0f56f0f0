import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** How often transactions were tried, and how often they met others: by themselves, or because it was injected. */
export interface Contention {
  transactions: number;
  conflicts: number;
  injected: number;
}

const injectedConflict = (): TransactionCanceledException =>
  new TransactionCanceledException({ message: 'Transaction cancelled', $metadata: {}, CancellationReasons: [{ Code: 'TransactionConflict' }] });

/** A client of which a share of transactions meets others before it is carried out; `random` is uniform in [0, 1). */
export const contendedClient = (client: DynamoDBDocumentClient, share: number, random: () => number) => {
  const contention: Contention = { transactions: 0, conflicts: 0, injected: 0 };
  const send = new Proxy(client.send.bind(client), {
    async apply(target, _self, parameters: Parameters<DynamoDBDocumentClient['send']>) {
      if (!(parameters[0] instanceof TransactWriteCommand)) return Reflect.apply(target, undefined, parameters);
      contention.transactions += 1;
      if (random() < share) {
        contention.injected += 1;
        throw injectedConflict();
      }
      try {
        return await Reflect.apply(target, undefined, parameters);
      } catch (error) {
        if (error instanceof TransactionCanceledException) contention.conflicts += 1;
        throw error;
      }
    },
  });
  return { client: { send }, contention };
};
