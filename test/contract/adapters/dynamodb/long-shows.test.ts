import type { Table } from '../../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import { longestShowDays } from '../../../../lambda/domain/breakouts/show-length.ts';
import { measureFinal, measureProvisional } from '../../../../lambda/domain/usage/measure-breakout.ts';
import { readPoints } from '../../../../lambda/domain/usage/reading/read-points.ts';
import { aCamPipeline, aCamRun, aStreamSession } from '../../../support/shows/a-cam-plan.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { longShow, longShowPoint } from '../../../support/usage/long-show.ts';
import { memoryCamSources } from '../../../support/usage/memory-cam-sources.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

// The tables refuse items over 400 KB, as DynamoDB does: items.test.ts.
let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  for (const name of ['pro', 'cam']) await createShowsTable(tables.client, name);
});

afterAll(() => tables.close());

const from = Date.parse('2026-11-03T10:00:00Z');

/** The items that series are in. */
const itemsOf = async (table: Table, partition: string): Promise<number> => (await table.query({ partition, prefix: 'SERIES#' })).length;

describe('the longest shows', () => {
  it('are booked and read minute by minute on a Pro pipeline, with an archive of both of its parts', async () => {
    const table = dynamoDbTable(tables.documents, 'pro');
    const show = longShow(table, { from, hours: longestShowDays * 24 });
    const files = Array.from({ length: 2 * longestShowDays * 288 }, (_, index) => {
      const beganAt = from + Math.floor(index / 2) * 300_000;
      const name = new Date(beganAt).toISOString().replaceAll(/[-:]|\.000Z/g, '');
      return { key: `pl_main/archive${index % 2 === 0 ? '' : '-b'}-${name}_${String(index).padStart(6, '0')}.ts`, bytes: 187_000_000n + BigInt((index * 7919) % 100_003), storedAt: beganAt + 301_000 + index % 2 };
    });
    const deps = { ...show.deps, objects: { list: async (bucket: string) => (bucket === 'archive' ? files : []) } };

    show.world.now = show.at(show.to + 120_000);
    await measureProvisional(deps)(itemIds.breakout);
    show.world.now = show.at(show.to + 26 * 3_600_000);
    expect(await measureFinal(deps)({ breakoutId: itemIds.breakout, attempt: 1 })).toBe('DONE');

    const { line, series } = await show.points('packaging/ingress');
    const metric = { namespace: 'AWS/MediaPackage', name: 'IngressBytes', dimensions: { Channel: (await deps.pipelines.get('pl_main')).packaging.channelId } };
    const minutes = series[0]!.values.map((_, index) => longShowPoint(metric, from + index * 60_000));
    expect(series[0]!.values).toEqual(minutes);
    expect(minutes).toHaveLength(longestShowDays * 1_440 + 2);
    expect(line.quantity?.amount).toBe(minutes.reduce((sum, value) => sum + value, 0n));
    expect((await deps.holdings.get(itemIds.breakout))?.places[0]?.stored.length).toBeGreaterThan(longestShowDays * 288);
    // 285 KB, of which each item has 256: all versions share what lies beside them.
    expect(await itemsOf(table, `BREAKOUT#${itemIds.breakout}`)).toBeLessThanOrEqual(2);
  });

  it('are booked and read on a Cam pipeline with viewers in sixty countries', async () => {
    const table = dynamoDbTable(tables.documents, 'cam');
    const show = longShow(table, { from, hours: 48 });
    const pipeline = aCamPipeline({ channel: { ...aCamPipeline().channel, type: 'STANDARD' } });
    const countries = Array.from({ length: 60 }, (_, index) => String.fromCharCode(65 + (index % 26), 65 + Math.floor(index / 26)));
    const run = aCamRun({ breakoutId: itemIds.breakout, started: { at: show.at(from), source: 'POLL' }, ended: { at: show.at(show.to), source: 'POLL' }, channel: pipeline.channel });
    const sessions = [aStreamSession({ breakoutId: itemIds.breakout, startedAt: show.at(from), endedAt: show.at(show.to) })];
    const deps = { ...show.deps, pipelines: { get: async () => pipeline }, cam: memoryCamSources({ runs: [run], sessions, countries }), recordings: { get: async () => undefined }, objects: { list: async () => [] } };

    show.world.now = show.at(show.to + 120_000);
    await measureProvisional(deps)(itemIds.breakout);
    await measureProvisional(deps)(itemIds.breakout);

    const { series } = await readPoints({ ...deps, now: () => Date.parse(show.world.now) })(itemIds.breakout, { line: 'streaming/output/UNKNOWN' });
    const version = await deps.history.version({ kind: 'BREAKOUT', breakoutId: itemIds.breakout }, '2026-11', 1);
    expect(version?.series).toHaveLength(62);
    expect(series[0]!.values).toHaveLength(2_882);
    expect((await deps.readings.get(itemIds.breakout))?.series).toHaveLength(62);
    expect(await itemsOf(table, `METRICS#${itemIds.breakout}`)).toBeGreaterThan(0);
  });
});
