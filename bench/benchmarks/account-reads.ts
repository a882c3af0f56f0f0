import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbTable, type Table } from '../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageStore } from '../../lambda/adapters/dynamodb/usage-store.ts';
import { itemKey } from '../../lambda/contract/table-keys.ts';
import { readLevelUsage, type ReadUsageDeps } from '../../lambda/domain/usage/read-usage.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../test/contract/local/services/dynamodb/tables-under-test.ts';
import { finaliseAtOnce } from '../../test/support/usage/finalise-at-once.ts';
import { atMost, figure, type Benchmark, type Figure } from '../benchmark.ts';
import { percentile } from '../statistics.ts';

const accountId = 'acc_read';
const month = '2026-11';
const sizes = [10, 100_000] as const;
const reads = 2_000;
const batchSize = 25;
const batchesAtOnce = 8;

/** Heads of breakouts beside those that are booked: there, in partitions of their own, as bookings leave them. */
const layHeads = async ({ documents }: TablesUnderTest, tableName: string, from: number, to: number): Promise<void> => {
  const batch = async (start: number): Promise<void> => {
    const ids = Array.from({ length: Math.max(0, Math.min(batchSize, to - start)) }, (_, index) => `bko_${accountId}_${start + index}`);
    const heads = ids.map((breakoutId) => ({ PutRequest: { Item: { ...itemKey.usageHead(breakoutId, month), type: 'UsageHead', totals: { streamingNanoUsd: 1_000_000_000_000 } } } }));
    if (heads.length > 0) await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: heads } }));
  };
  for (let start = from; start < to; start += batchSize * batchesAtOnce) {
    await Promise.all(Array.from({ length: batchesAtOnce }, (_, index) => batch(start + index * batchSize)));
  }
};

/** A table that tells how many items were read of it. */
const counted = (table: Table, note: (items: number) => void): Table => ({
  ...table,
  get: async (key) => {
    note(1);
    return table.get(key);
  },
  query: async (query) => {
    const items = await table.query(query);
    note(items.length);
    return items;
  },
});

const nothing = async (): Promise<undefined> => undefined;

const readTimes = async (table: Table): Promise<{ readonly milliseconds: readonly number[]; readonly items: number }> => {
  let items = 0;
  const usage = dynamoDbUsageStore(counted(table, (count) => (items += count)));
  const deps: ReadUsageDeps = {
    usage,
    history: { versions: async () => ({ items: [] }) },
    known: async () => ({ measures: {} }),
    estimate: nothing,
    running: async () => [],
    now: () => Date.parse('2026-12-15T00:00:00.000Z'),
  };
  const milliseconds: number[] = [];
  for (let read = 0; read < reads; read += 1) {
    const began = performance.now();
    await readLevelUsage(deps)({ kind: 'ACCOUNT', accountId }, { period: month });
    milliseconds.push(performance.now() - began);
  }
  return { milliseconds, items: items / reads };
};

const readWith = async (breakouts: number, tables: TablesUnderTest): Promise<readonly Figure[]> => {
  const tableName = `shows-${breakouts}`;
  await createShowsTable(tables.client, tableName);
  const table = dynamoDbTable(tables.documents, tableName);
  const [booked] = sizes;
  await finaliseAtOnce(dynamoDbUsageStore(table), accountId, booked);
  await layHeads(tables, tableName, booked, breakouts);
  await readTimes(table);
  const { milliseconds, items } = await readTimes(table);
  const of = `of ${breakouts.toLocaleString('en')} breakouts`;
  return [
    figure(`p50 ${of}`, percentile(milliseconds, 0.5), 'ms'),
    atMost(10, `p99 ${of}`, percentile(milliseconds, 0.99), 'ms'),
    atMost(1, `items read ${of}`, items, ''),
  ];
};

/** Reads the usage of an account's month with few and with many breakouts under it, in the function's own code over a table on this machine. */
export const accountReads: Benchmark = {
  name: 'account-reads',
  title: `Reading the usage of an account, ${reads.toLocaleString('en')} times`,
  run: async ({ say }) => {
    const figures: Figure[] = [];
    for (const breakouts of sizes) {
      const tables = await startTables();
      try {
        say(`account with ${breakouts} breakouts`);
        figures.push(...(await readWith(breakouts, tables)));
      } finally {
        await tables.close();
      }
    }
    return figures;
  },
};
