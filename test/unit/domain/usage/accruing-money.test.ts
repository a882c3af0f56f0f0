import fc from 'fast-check';
import { fraction, multiply, parseDecimal } from '../../../../lambda/domain/pricing/fraction.ts';
import { storageCriteria } from '../../../../lambda/domain/pricing/storage-rates.ts';
import type { PriceTerms } from '../../../../lambda/domain/pricing/terms/price-terms.ts';
import { accruedStorage } from '../../../../lambda/domain/usage/accrued-storage.ts';
import { ceilMinute, monthInterval } from '../../../../lambda/domain/usage/calendar-month.ts';
import { chargedLines } from '../../../../lambda/domain/usage/charges/charged-lines.ts';
import { sumMeasures } from '../../../../lambda/domain/usage/measures.ts';
import { heldLines, storedMonths } from '../../../../lambda/domain/usage/meters/storage-meter.ts';
import { rerated } from '../../../../lambda/domain/usage/price-line.ts';
import { usageView } from '../../../../lambda/domain/usage/usage-view.ts';
import { aPriceBook } from '../../../support/usage/a-price-book.ts';
import { somePriceTerms } from '../../../support/usage/memory-price-terms.ts';

const month = '2026-11';
const { from, to } = monthInterval(month);
const gigabyte = 1n << 30n;
const day = 86_400_000;

/** Storage in a place, measured at a watermark, as terms charge it. */
const held = (bytes: bigint, storedAt: number, watermark: number, terms?: PriceTerms) =>
  chargedLines(heldLines({ place: 'archive', bucket: 'archive', stored: [{ bytes, storedAt, objects: 1 }], since: from, watermark }, month, 'us-east-1', aPriceBook()), terms);
const measuresOf = (lines: ReturnType<typeof held>) => sumMeasures(lines.map(({ adds }) => adds));
const viewAt = (lines: ReturnType<typeof held>, now: number) => {
  const measures = measuresOf(lines);
  const accrued = accruedStorage(measures, month, now);
  return usageView({ measures, asOf: '2026-11-02T00:00:00.000Z' }, accrued ? { accrued } : {}).accruing;
};

describe('what goes on accruing', () => {
  it('tells what it comes to and what it costs a day', () => {
    // 300 GB at 0.023 USD a GB-month of 30 days are 0.23 USD a day.
    const lines = held(300n * gigabyte, from, from + day);

    expect(viewAt(lines, from + 11 * day)).toMatchObject({ gigabyteMonths: '100', estimated: { usd: '2.3', usdPerDay: '0.23', chargeUsd: '2.3', chargeUsdPerDay: '0.23' } });
    expect(viewAt(lines, to + day)?.estimated).toMatchObject({ usd: '6.67', usdPerDay: '0.23' });
  });

  it.each([
    ['a mark-up', { markUpPercent: { storage: '50' } }, '3.45', '0.345'],
    ['a discount to nothing', { markUpPercent: { storage: '-100' } }, '0', '0'],
    ['a flat rate', { flatUsd: { storage: '0.1' } }, '10', '1'],
    ['terms of other categories', { markUpPercent: { delivery: '50' } }, '2.3', '0.23'],
  ])('is charged by %s', (_what, agreement, chargeUsd, chargeUsdPerDay) => {
    const lines = held(300n * gigabyte, from, from + day, somePriceTerms(agreement));

    expect(viewAt(lines, from + 11 * day)?.estimated).toEqual({ usd: '2.3', usdPerDay: '0.23', chargeUsd, chargeUsdPerDay });
  });

  it('has no money without a price, and none once all has gone', () => {
    const unpriced = held(gigabyte, from, from + day).map((line) => rerated(line, aPriceBook({ rates: [] })));

    expect(viewAt(chargedLines(unpriced, undefined), from + 2 * day)?.estimated).toEqual({ usd: null, usdPerDay: null, chargeUsd: null, chargeUsdPerDay: null });
    expect(viewAt(held(gigabyte, from, to), to)).toBeNull();
  });

  it('is what will be booked, to a nano-dollar a line, whoever sums it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ bytes: fc.bigInt({ min: 1n, max: 1n << 50n }), storedAt: fc.integer({ min: from, max: to - 1 }), watermark: fc.integer({ min: from, max: to - 1 }) }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 30 * day }),
        (objects, elapsed) => {
          const now = Math.max(from + elapsed, ...objects.map(({ watermark }) => watermark));
          const seen = objects.map(({ bytes, storedAt, watermark }) => held(bytes, Math.min(storedAt, watermark), watermark).filter(({ basis }) => basis !== undefined));
          const measures = sumMeasures(seen.map(measuresOf));
          const { cost } = accruedStorage(measures, month, now) ?? {};
          const booked = measures.storageNanoUsd ?? 0n;
          const exact = objects.reduce((sum, { bytes, storedAt, watermark }) => sum + bytes * BigInt(now - Math.min(storedAt, watermark)), 0n);

          const expected = multiply(multiply(fraction(exact, gigabyte * BigInt(to - from)), parseDecimal('0.023')), fraction(10n ** 9n));
          const estimated = booked + (cost ? cost.sinceBooked.numerator / cost.sinceBooked.denominator / 1_000n : 0n);
          const off = estimated - expected.numerator / expected.denominator;
          // Half a nano-dollar a line as it is booked, and what integer division cuts off.
          expect(off < 0n ? -off : off).toBeLessThanOrEqual(BigInt(objects.length) + 2n);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is never less than nothing, whenever it is read after it was measured', () => {
    const minute = 60_000;
    fc.assert(
      fc.property(
        fc.array(fc.record({ bytes: fc.bigInt({ min: 1n, max: 1n << 50n }), age: fc.integer({ min: 0, max: 3 * day }) }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: to - 2 * day, max: to + 2 * day }),
        fc.integer({ min: 0, max: 2 * day }),
        fc.oneof(fc.integer({ min: 0, max: minute }), fc.integer({ min: 0, max: 40 * day })),
        (objects, seenAt, watermarkAge, readAfter) => {
          // What a service recorded counts from the next whole minute, and a show that has stopped is counted up to its stop.
          const stored = objects.map(({ bytes, age }) => ({ bytes, storedAt: ceilMinute(seenAt - age), objects: 1 }));
          const facts = { place: 'recordings' as const, bucket: 'recordings', stored, since: from, watermark: seenAt - watermarkAge, seenAt };
          for (const of of storedMonths(facts)) {
            const lines = chargedLines(heldLines(facts, of, 'us-east-1', aPriceBook()), undefined);
            const { byteMilliseconds = 0n, cost, charge } = accruedStorage(measuresOf(lines), of, seenAt + readAfter) ?? {};

            expect([byteMilliseconds >= 0n, ...[cost, charge].map((money) => (money?.sinceBooked.numerator ?? 0n) >= 0n)]).toEqual([true, true, true]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is of the month that objects came in alone', () => {
    const seenAt = to + day;
    const facts = { place: 'recordings' as const, bucket: 'recordings', stored: [{ bytes: gigabyte, storedAt: to + 1_800_000, objects: 1 }], since: to - 60_000, watermark: to - 60_000, seenAt };
    const measured = [month, '2026-12'].map((of) => measuresOf(chargedLines(heldLines(facts, of, 'us-east-1', aPriceBook()), undefined)));

    expect(measured.map(({ storageBytesHeld }) => storageBytesHeld)).toEqual([0n, gigabyte]);
    expect([month, '2026-12'].map((of, index) => accruedStorage(measured[index]!, of, seenAt)?.byteMilliseconds)).toEqual([undefined, gigabyte * BigInt(day - 1_800_000)]);
  });

  it('is over with a deletion in the minute from which a recording counts', () => {
    const watermark = from + day + 20_000;
    const counted = from + day + 60_000;
    const facts = { place: 'recordings' as const, bucket: 'recordings', stored: [{ bytes: gigabyte, storedAt: counted, objects: 1, removedAt: counted }], since: from, watermark, seenAt: watermark };
    const measures = measuresOf(chargedLines(heldLines(facts, month, 'us-east-1', aPriceBook()), undefined));

    expect([measures.storageBytesHeld, accruedStorage(measures, month, watermark)]).toEqual([0n, undefined]);
  });

  it('says by which criteria it is rated again', () => {
    const [line] = held(gigabyte, from, from + day);

    expect(line?.basis?.criteria).toEqual(storageCriteria('us-east-1'));
    expect(rerated(line!, aPriceBook()).adds).toEqual(line?.adds);
  });
});
