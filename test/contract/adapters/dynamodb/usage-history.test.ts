import { dynamoDbBreakoutCount } from '../../../../lambda/adapters/dynamodb/breakout-count.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../../../lambda/adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../../../lambda/adapters/dynamodb/usage-store.ts';
import { itemKey, listKey } from '../../../../lambda/contract/table-keys.ts';
import { bookProfile } from '../../../support/usage/book-profile.ts';
import type { UsageHistory } from '../../../../lambda/domain/usage/usage-history.ts';
import type { UsageStore } from '../../../../lambda/domain/usage/usage-store.ts';
import { aLineThatAdds, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryUsageHistory } from '../../../support/usage/memory-usage-history.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

const inMemory = () => {
  const usage = memoryUsageStore();
  return { usage, history: memoryUsageHistory(usage.moves) };
};

const now = (): Date => new Date('2026-11-23T12:00:00.000Z');

const inTable = () => {
  const table = dynamoDbTable(tables.documents, 'shows');
  return { usage: dynamoDbUsageStore(table), history: dynamoDbUsageHistory(table) };
};

describe.each<readonly [string, () => { usage: UsageStore; history: UsageHistory }]>([['in the table', inTable], ['in memory', inMemory]])('versions %s', (_, open) => {
  it('are kept with their series, by month, each from the first on', async () => {
    const { usage, history } = open();
    const { breakout } = itemIds;
    const interval = { from: '2026-11-23T10:00:00.000Z', to: null, amount: String(1n << 60n), unit: 'bytes', objects: 3, note: 'found by an inventory' } as const;
    const heldSince = { name: 'storage/recordings/held', from: '2026-11-23T10:00:00.000Z', periodSeconds: 0, values: [], intervals: [interval] };
    const series = [{ name: 'packaging/ingress', from: '2026-11-23T10:00:00.000Z', periodSeconds: 60, values: [null, 0n, 1n << 60n, -5n] }, heldSince];
    const lines = (bytes: bigint) => [aLineThatAdds({ packagingIngressBytes: bytes })];
    await bookProfile({ usage, now })(aMeasuredProfile({ month: '2026-12', lines: lines(1n) }));
    for (const bytes of [1n, 2n, 3n]) await bookProfile({ usage, now })(aMeasuredProfile({ lines: lines(bytes), series }));

    const first = await history.versions(breakout, { limit: 2 });
    const second = await history.versions(breakout, { limit: 2, after: first.next! });
    const ofNovember = await history.versions(breakout, { limit: 2, after: first.next! }, '2026-11');

    expect(first.items.map(({ head }) => [head.month, head.version])).toEqual([['2026-11', 1], ['2026-11', 2]]);
    expect(second).toMatchObject({ items: [{ head: { version: 3 } }, { head: { month: '2026-12' } }] });
    expect([second.next, ofNovember.next, ofNovember.items.length]).toEqual([undefined, undefined, 1]);
    const version = await history.version({ kind: 'BREAKOUT', breakoutId: breakout }, '2026-11', 2);
    expect(version).toMatchObject({ head: { version: 2, totals: { packagingIngressBytes: 2n } }, series });
    expect(await usage.lines(version!.head, { limit: 9 })).toMatchObject({ items: [{ adds: { packagingIngressBytes: 2n } }] });
    for (const level of [{ kind: 'EVENT', eventId: itemIds.event }, { kind: 'ACCOUNT', accountId: itemIds.account }, { kind: 'PLATFORM' }] as const) expect(await history.months(level)).toEqual(['2026-11', '2026-12']);
    expect(await history.months({ kind: 'EVENT', eventId: 'evt_none' })).toEqual([]);
    expect(await history.version({ kind: 'BREAKOUT', breakoutId: breakout }, '2026-11', 4)).toBeUndefined();
  });
});

describe('the count of breakouts', () => {
  it('is of one event', async () => {
    const table = dynamoDbTable(tables.documents, 'shows');
    for (const id of ['bko_a', 'bko_b', 'bko_c']) await table.put({ ...itemKey.breakout(id), ...listKey.breakout(id === 'bko_c' ? 'evt_y' : 'evt_x', id) });

    const breakouts = dynamoDbBreakoutCount(table);

    expect([await breakouts.countByEvent('evt_x'), await breakouts.countByEvent('evt_y'), await breakouts.countByEvent('evt_z')]).toEqual([2, 1, 0]);
  });
});
