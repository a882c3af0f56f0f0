import fc from 'fast-check';
import { systemRetryTiming } from '../../../../lambda/adapters/dynamodb/full-jitter.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../../../lambda/adapters/dynamodb/usage-store.ts';
import { closeMonth } from '../../../../lambda/domain/usage/close-month.ts';
import { allMonths } from '../../../../lambda/domain/usage/usage-store.ts';
import { anAccount, aCaller } from '../../../support/shows/a-plan.ts';
import { contendedClient } from '../../../support/usage/contended-client.ts';
import { faultyTable } from '../../../support/usage/faulty-table.ts';
import { finaliseAtOnce } from '../../../support/usage/finalise-at-once.ts';
import { anyRun } from '../../../support/usage/ledger-commands.ts';
import { expectSame } from '../../../support/usage/ledger-laws.ts';
import { ownLinesDeps } from '../../../support/usage/own-lines.ts';
import { runLedger } from '../../../support/usage/ledger-run.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;

// What is proven is that none is lost, on a machine of any speed; how long a hundred take is printed by the benchmark.
const patient = { ...systemRetryTiming, budgetMilliseconds: 110_000 };

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

describe('the books in the table', () => {
  it('sum exactly after any sequence, wherever between two writes it died', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(anyRun, async (run) => {
        // A platform of its own: what volume tiers make of a month is of everything in it.
        const name = `shows${(runs += 1)}`;
        await createShowsTable(tables.client, name);
        const table = dynamoDbTable(tables.documents, name);
        await runLedger(name, dynamoDbUsageStore(table), run, (faults, others) => dynamoDbUsageStore(faultyTable(table, faults, others)));
      }),
      // Some thousands of calls each; ten thousand sequences are run in memory.
      { seed: 23, numRuns: 8 },
    );
  }, 120_000);

  it('lose none of a hundred finalisations of one account at once', async () => {
    let dice = 0;
    const { client, contention } = contendedClient(tables.documents, 0.2, () => (dice = (dice + 0.37) % 1));
    const usage = dynamoDbUsageStore(dynamoDbTable(client, 'shows', patient));

    const charges = await finaliseAtOnce(usage, 'acc_busy', 100);

    const sum = charges.reduce((total, charge) => total + charge, 0n);
    expectSame((await usage.accountUsage('acc_busy', allMonths)).measures, { streamingNanoUsd: sum, finalProfiles: 100n });
    expectSame((await usage.billing('acc_busy', '2026-11')).measures, { streamingNanoUsd: sum, finalProfiles: 100n });
    expect(await usage.metered('acc_busy', '2026-11')).toEqual({ 'sku/60': sum });
    expect(contention.injected).toBeGreaterThan(0);
    for (const [index, charge] of charges.entries()) expect((await usage.breakoutUsage(`bko_acc_busy_${index}`, '2026-11')).measures.streamingNanoUsd).toBe(charge);
  }, 120_000);

  it('bill everything once when a month is closed while a hundred book in it', async () => {
    const usage = dynamoDbUsageStore(dynamoDbTable(tables.documents, 'shows', patient));
    const accountId = 'acc_closing';
    const own = ownLinesDeps({ usage, accountIds: [accountId], now: () => Date.parse('2026-12-02T00:00:00.000Z') });
    const close = closeMonth({ ...own, accounts: { ...own.accounts, get: async () => anAccount({ accountId }) }, breakouts: { listUnsettled: async () => [] }, usage });

    const [charges] = await Promise.all([finaliseAtOnce(usage, accountId, 100), close({ caller: aCaller({ accountId }), accountId, month: '2026-11' })]);

    const [november, december] = await Promise.all([usage.billing(accountId, '2026-11'), usage.billing(accountId, '2026-12')]);
    expect(november.closedAt).toBe('2026-12-02T00:00:00.000Z');
    expect((november.measures.streamingNanoUsd ?? 0n) + (december.measures.streamingNanoUsd ?? 0n)).toBe(charges.reduce((total, charge) => total + charge, 0n));
    expect((await usage.corrections(accountId, '2026-12', { limit: 200 })).items).toHaveLength(Number(december.measures.finalProfiles ?? 0n));
  }, 120_000);
});
