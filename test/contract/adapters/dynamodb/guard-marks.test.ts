import { dynamoDbGuardMarks } from '../../../../lambda/adapters/dynamodb/guard-marks.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import type { GuardMarks } from '../../../../lambda/domain/guards/guard-marks.ts';
import { memoryGuardMarks } from '../../../support/shows/memory-guard-marks.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

describe.each<readonly [string, () => GuardMarks]>([
  ['in the table', () => dynamoDbGuardMarks(dynamoDbTable(tables.documents, 'shows'))],
  ['in memory', memoryGuardMarks],
])('marks of guards %s', (_, open) => {
  it('are new to one of many, for each attempt', async () => {
    const marks = open();
    const show = { breakoutId: 'bko_1', attempt: 1 };

    const answers = await Promise.all([1, 2, 3].map(() => marks.markStopAnnounced(show)));

    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await marks.markStopAnnounced({ ...show, attempt: 2 })).toBe(true);
  });

  it('of orphans are new again once cleared', async () => {
    const marks = open();
    const mark = () => marks.markOrphan('pl_main', '2026-11-23T10:00:00.000Z');

    expect([await mark(), await mark()]).toEqual([true, false]);
    await marks.clearOrphan('pl_main');
    await marks.clearOrphan('pl_main');

    expect(await mark()).toBe(true);
  });
});
