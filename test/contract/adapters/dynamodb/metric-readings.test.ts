import { dynamoDbMetricReadings } from '../../../../lambda/adapters/dynamodb/metric-readings.ts';
import { dynamoDbTable } from '../../../../lambda/adapters/dynamodb/table.ts';
import type { MetricReading, MetricReadings } from '../../../../lambda/domain/usage/metric-readings.ts';
import { memoryMetricReadings } from '../../../support/usage/memory-metric-readings.ts';
import { createShowsTable, startTables, type TablesUnderTest } from '../../local/services/dynamodb/tables-under-test.ts';

let tables: TablesUnderTest;

beforeAll(async () => {
  tables = await startTables();
  await createShowsTable(tables.client);
});

afterAll(() => tables.close());

/** When the pieces of a breakout's readings go, in Unix seconds; undefined = they stay. */
const piecesOf = async (breakoutId: string): Promise<readonly unknown[]> => {
  const table = dynamoDbTable(tables.documents, 'shows');
  return (await table.query({ partition: `METRICS#${breakoutId}`, prefix: 'SERIES#' })).map((item) => item['expiresAt']);
};

const aReading = (overrides: Partial<MetricReading> = {}): MetricReading => ({
  readAt: Date.parse('2026-11-23T10:05:00Z'),
  series: [
    {
      region: 'us-east-1',
      metric: { namespace: 'AWS/CloudFront', name: 'Requests', dimensions: { DistributionId: 'E1', Region: 'Global' } },
      from: Date.parse('2026-11-23T10:00:00Z'),
      values: [null, 0n, 1n << 60n, null],
      isComplete: true,
    },
  ],
  ...overrides,
});

describe.each<readonly [string, () => MetricReadings]>([
  ['in the table', () => dynamoDbMetricReadings(dynamoDbTable(tables.documents, 'shows'))],
  ['in memory', memoryMetricReadings],
])('readings of metrics %s', (where, open) => {
  const breakoutId = `bko_${where.replaceAll(' ', '-')}`;

  it('are kept as they were read, the newest alone', async () => {
    const readings = open();
    const [series] = aReading().series;

    expect(await readings.get(breakoutId)).toBeUndefined();
    await readings.keep(breakoutId, aReading({ series: [{ ...series!, values: [] }, { ...series!, values: [null] }] }));
    expect((await readings.get(breakoutId))?.series.map(({ values }) => values)).toEqual([[], [null]]);
    await readings.keep(breakoutId, aReading());

    expect(await readings.get(breakoutId)).toEqual(aReading());
  });

  it('are one caller\'s turn at a time, and leave what is kept', async () => {
    const readings = open();
    await readings.keep(breakoutId, aReading());

    const turns = await Promise.all([1, 2, 3].map(() => readings.claim(breakoutId, 100_000, 40_000)));

    expect(turns.filter(Boolean)).toHaveLength(1);
    expect(await readings.claim(breakoutId, 159_999, 99_999)).toBe(false);
    expect(await readings.claim(breakoutId, 160_000, 100_000)).toBe(true);
    expect(await readings.get(breakoutId)).toEqual(aReading());
  });

  it('are kept of the longest shows, which no item can hold', async () => {
    const readings = open();
    const [series] = aReading().series;
    const long = (seed: bigint) => ({ ...series!, values: Array.from({ length: 90_000 }, (_, index) => (seed * BigInt(index) ** 7n) % 9_999_999_967n) });
    const newer = aReading({ readAt: aReading().readAt + 60_000, series: [long(3n)] });

    await readings.keep(`${breakoutId}-long`, aReading({ series: [long(7n)] }));
    await readings.keep(`${breakoutId}-long`, newer);

    expect(await readings.get(`${breakoutId}-long`)).toEqual(newer);
  });

  it('can be claimed before there is any', async () => {
    const readings = open();

    expect(await readings.claim(`${breakoutId}-new`, 100_000, 40_000)).toBe(true);
    expect(await readings.get(`${breakoutId}-new`)).toBeUndefined();
  });
});

describe('the pieces of a reading in the table', () => {
  it('go a day after another reading has taken its place', async () => {
    const readings = dynamoDbMetricReadings(dynamoDbTable(tables.documents, 'shows'));
    const [series] = aReading().series;
    const values = Array.from({ length: 90_000 }, (_, index) => (BigInt(index) ** 7n) % 9_999_999_967n);
    const second = aReading().readAt + 60_000;

    await readings.keep('bko_pieces', aReading({ series: [{ ...series!, values }] }));
    expect(await piecesOf('bko_pieces')).toEqual([undefined]);
    await readings.keep('bko_pieces', aReading({ readAt: second, series: [{ ...series!, values }] }));

    expect(await piecesOf('bko_pieces')).toEqual([second / 1_000 + 86_400, undefined]);
  });
});
