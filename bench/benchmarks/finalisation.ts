import { dynamoDbTable } from '../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../lambda/adapters/dynamodb/usage-store.ts';
import { allMonths } from '../../lambda/domain/usage/usage-store.ts';
import { createShowsTable, startTables } from '../../test/contract/local/services/dynamodb/tables-under-test.ts';
import { contendedClient } from '../../test/support/usage/contended-client.ts';
import { finaliseAtOnce } from '../../test/support/usage/finalise-at-once.ts';
import { atMost, figure, type Benchmark } from '../benchmark.ts';

const breakouts = 100;
const injectedShare = 0.3;
/** About what a transaction takes on AWS: for so long it holds its items, and others that want them conflict. */
const transactionMilliseconds = 10;

/** Books a hundred breakouts of one account as FINAL at once, with the real adapter; of transactions, a share is refused as if it had met others. */
export const finalisation: Benchmark = {
  name: 'finalisation',
  title: `${breakouts} finalisations of one account at once, ${injectedShare * 100} % of transactions refused besides`,
  run: async ({ say }) => {
    const tables = await startTables({ transactionMilliseconds });
    try {
      await createShowsTable(tables.client);
      const { client, contention } = contendedClient(tables.documents, injectedShare, Math.random);
      const usage = dynamoDbUsageStore(dynamoDbTable(client, 'shows'));
      say(`finalisation of ${breakouts} breakouts`);
      const began = performance.now();
      const charges = await finaliseAtOnce(usage, 'acc_busy', breakouts);
      const seconds = (performance.now() - began) / 1000;
      const { measures } = await usage.accountUsage('acc_busy', allMonths);
      const missing = charges.reduce((sum, charge) => sum + charge, 0n) - (measures.streamingNanoUsd ?? 0n);
      return [
        atMost(30, 'until the last is booked', seconds, 's'),
        atMost(0, 'lost', breakouts - Number(measures.finalProfiles ?? 0n), ''),
        atMost(0, 'nano-dollars by which the account differs from its breakouts', Number(missing), ''),
        figure('transactions tried', contention.transactions, 'requests'),
        figure('of these refused because they met others', contention.conflicts, 'requests'),
        figure('of these refused by injection', contention.injected, 'requests'),
        figure('tries for each finalisation', contention.transactions / breakouts, ''),
      ];
    } finally {
      await tables.close();
    }
  },
};
