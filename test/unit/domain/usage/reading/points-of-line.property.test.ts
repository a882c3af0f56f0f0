import fc from 'fast-check';
import type { HeldBytes } from '../../../../../lambda/domain/recordings/stored-intervals.ts';
import type { DeliveryLogRow } from '../../../../../lambda/domain/usage/delivery-log.ts';
import { deliveryLines, deliverySeries } from '../../../../../lambda/domain/usage/meters/delivery-meter.ts';
import { heldSeries } from '../../../../../lambda/domain/usage/meters/held-series.ts';
import { onDemandLines, onDemandSeries } from '../../../../../lambda/domain/usage/meters/on-demand-meter.ts';
import { storageLines, storedMonths } from '../../../../../lambda/domain/usage/meters/storage-meter.ts';
import { pointsOfLine } from '../../../../../lambda/domain/usage/reading/read-points.ts';
import { spreadLine } from '../../../../../lambda/domain/usage/reading/spread-line.ts';
import type { RawSeries, UsageLine } from '../../../../../lambda/domain/usage/usage-line.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import { aMinuteSeries } from '../../../../support/usage/minute-series.ts';
import { aPriceBook } from '../../../../support/usage/a-price-book.ts';

const hour = 3_600_000;
/** Three hours over the end of a month. */
const window = { from: Date.parse('2026-11-30T22:30:00Z'), to: Date.parse('2026-12-01T01:30:00Z') };

const rowArbitrary = fc.record({
  minute: fc.integer({ min: 0, max: 179 }).map((index) => window.from + index * 60_000),
  breakoutId: fc.constantFrom(itemIds.breakout, itemIds.otherBreakout, null),
  kind: fc.constantFrom('AUDIENCE' as const, 'MONITORING' as const),
  geography: fc.constantFrom('US' as const, 'EU' as const, 'UNKNOWN' as const),
  protocol: fc.constantFrom('http' as const, 'https' as const),
  result: fc.constantFrom('Hit', 'Redirect', 'FunctionGeneratedResponse'),
  requests: fc.bigInt({ min: 1n, max: 1_000n }),
  bytes: fc.bigInt({ min: 0n, max: 1n << 40n }),
});

const sumsOf = (line: UsageLine, series: readonly RawSeries[]): bigint => pointsOfLine(line, series).reduce((total, { sum }) => total + sum, 0n);

const expectSums = (lines: readonly UsageLine[], series: readonly RawSeries[]): void => {
  for (const line of lines) expect([line.key, line.month, sumsOf(line, series)]).toEqual([line.key, line.month, line.quantity?.amount]);
};

describe('the points of a line', () => {
  it('sum to logged and unlogged traffic, in each month', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { maxLength: 30 }), fc.dictionary(fc.constantFrom('0', '89', '90', '179'), fc.bigInt({ min: 1n << 50n, max: 1n << 60n })), (rows, bytes) => {
        const logged = rows.map((row): DeliveryLogRow => (row.breakoutId === null ? { ...row, kind: null } : row));
        const facts = { scope: '', breakoutId: itemIds.breakout, distributionId: 'E2ABCDEFGH', window, bytes: aMinuteSeries(window, bytes), requests: aMinuteSeries(window, bytes), rows: logged, watermark: window.to };
        const series = deliverySeries(facts);
        const lines = deliveryLines(facts, 'us-east-1', aPriceBook()).filter(({ key }) => key !== 'delivery/edge');

        expectSums(lines.filter(({ key }) => !key.includes('/unlogged/')), series);
        // Reads are three a request, which its note says; where the metric is short of the logs, nothing is unlogged.
        const unlogged = lines.filter(({ key, quantity }) => key.includes('/unlogged/') && !key.endsWith('store-reads') && (quantity?.amount ?? 0n) > 0n);
        expectSums(unlogged, series);
      }),
      { numRuns: 100 },
    );
  });

  it('sum to what viewers of recordings were sent', () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { minLength: 1, maxLength: 20 }), (rows) => {
        const hourly = rows.map((row): DeliveryLogRow => ({ ...row, kind: 'RECORDING', breakoutId: itemIds.breakout, minute: Math.floor(row.minute / hour) * hour })).filter(({ minute }) => minute < Date.parse('2026-12-01T00:00:00Z'));
        const [edge, ...lines] = onDemandLines({ month: '2026-11', rows: hourly, watermark: window.to }, aPriceBook());
        const series = onDemandSeries(hourly);

        expectSums(lines, series);
        if (edge) expect(pointsOfLine(edge, series).filter(({ name }) => name.endsWith('transfer')).reduce((total, { sum }) => total + sum, 0n)).toBe(edge.quantity?.amount);
      }),
      { numRuns: 100 },
    );
  });

  it('are the intervals whose byte-hours and writes the lines are, and steps sum to them', () => {
    const began = Date.parse('2026-11-20T00:00:00Z');
    const held = fc
      .record({ storedAt: fc.integer({ min: 0, max: 15 * 24 }), days: fc.option(fc.integer({ min: 0, max: 400 })), transition: fc.option(fc.integer({ min: 0, max: 300 })), bytes: fc.bigInt({ min: 0n, max: 1n << 42n }), objects: fc.integer({ min: 1, max: 9 }), isFound: fc.boolean() })
      .map(({ storedAt, days, transition, bytes, objects, isFound }): HeldBytes => {
        const from = began + storedAt * hour;
        return {
          storedAt: from, bytes, objects,
          ...(days === null ? {} : { removedAt: from + days * hour }),
          ...(transition === null ? {} : { transition: { storageClass: 'STANDARD_IA' as const, at: from + transition * hour } }),
          ...(isFound ? { inventoried: 'FOUND' as const } : {}),
        };
      });
    fc.assert(
      fc.property(fc.array(held, { maxLength: 8 }), fc.integer({ min: 0, max: 40 * 24 }), fc.constantFrom('hour' as const, 'day' as const), (stored, hours, by) => {
        const facts = { place: 'recordings' as const, bucket: 'recordings', stored, since: began, watermark: began + hours * hour };
        const lines = storageLines(facts, 'us-east-1', aPriceBook());
        for (const month of storedMonths(facts)) {
          const series = heldSeries(facts, month);
          const ofMonth = lines.filter((line) => line.month === month && !line.key.endsWith('early-deletion'));
          expectSums(ofMonth.filter(({ key }) => !key.includes('put-requests')), series);
          for (const line of ofMonth) {
            const parts = [...spreadLine(line, series, by).values()].map(({ storageNanoUsd = 0n }) => storageNanoUsd);
            expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(line.adds.storageNanoUsd ?? 0n);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
