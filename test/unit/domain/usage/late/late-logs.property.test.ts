import fc from 'fast-check';
import type { DeliveryLogRow } from '../../../../../lambda/domain/usage/delivery-log.ts';
import { ConflictError, UnavailableError } from '../../../../../lambda/domain/shared/errors.ts';
import { sumMeasures } from '../../../../../lambda/domain/usage/measures.ts';
import { allMonths } from '../../../../../lambda/domain/usage/usage-store.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import { lateWorld, type LateFile } from '../../../../support/usage/late-world.ts';

const row = fc.record({ minute: fc.integer({ min: 0, max: 60 }), geography: fc.constantFrom('US' as const, 'EU' as const, 'UNKNOWN' as const), isOwn: fc.boolean(), bytes: fc.bigInt({ min: 0n, max: 3n << 29n }), requests: fc.bigInt({ min: 1n, max: 60n }) });

const file = fc.array(row, { minLength: 1, maxLength: 3 }).map((rows) =>
  rows.map(({ minute, isOwn, ...one }): DeliveryLogRow => ({
    ...one, ...(isOwn ? { breakoutId: itemIds.breakout, kind: 'AUDIENCE' } : { breakoutId: null, kind: null }), minute: Date.parse('2026-11-23T10:01:00Z') + minute * 60_000, protocol: 'https', result: 'Hit',
  })),
);

const step = fc.oneof(
  fc.record({ do: fc.constantFrom('provisional' as const, 'final' as const, 'hour' as const, 'accrue' as const, 'close' as const) }),
  fc.record({ do: fc.constant('log' as const), file: fc.nat({ max: 3 }) }),
);

const aRun = fc.record({
  files: fc.array(file, { minLength: 4, maxLength: 4 }),
  others: fc.array(file, { maxLength: 2 }),
  steps: fc.array(fc.record({ step, hours: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30, noNaN: true }), fc.constant(240)) }), { maxLength: 10 }),
  faults: fc.array(fc.constantFrom('none' as const, 'none' as const, 'before' as const, 'after' as const, 'other' as const), { maxLength: 6 }),
});

const named = (prefix: string, files: readonly (readonly DeliveryLogRow[])[]): readonly LateFile[] => files.map((rows, index) => ({ source: `${prefix}-${index}.gz`, rows }));

/** A first measurement after CloudWatch has forgotten the show, of which only a file of empty answers to others is known. */
const tooLate = {
  files: Array.from({ length: 4 }, (): DeliveryLogRow[] => [{ breakoutId: null, kind: null, minute: Date.parse('2026-11-23T10:01:00Z'), geography: 'US', protocol: 'https', result: 'Hit', bytes: 0n, requests: 1n }]),
  others: [],
  steps: [{ step: { do: 'close' as const }, hours: 240 }, { step: { do: 'provisional' as const }, hours: 240 }],
  faults: [],
};

/** What dies is tried again by the next; what may not be done yet is not. */
const tolerant = async (work: () => Promise<unknown>): Promise<void> => {
  await work().catch((error: unknown) => {
    if (!(error instanceof UnavailableError) && !(error instanceof ConflictError)) throw error;
  });
};

describe('logs of a show, in whatever order they and its measurements come', () => {
  it('count every byte once, are all told when everything has been booked, and keep the books exact', async () => {
    await fc.assert(
      fc.asyncProperty(aRun, async ({ files, others, steps, faults }) => {
        const world = lateWorld({ faults, others: named('other', others) });
        const own = named('own', files);
        const works = { provisional: world.provisional, final: world.final, hour: world.hour, accrue: world.accrue, close: () => world.close('2026-11') };
        for (const { step: one, hours } of steps) {
          world.after(hours);
          if (one.do === 'log') await world.keep(own[one.file]!);
          else await tolerant(works[one.do]);
        }
        // All that was to come has come, and whatever failed is tried again.
        for (const one of [...own, ...world.waiting]) await world.keep(one);
        for (const hours of [26, 1, 1, 1, 1, 1, 1, 1]) {
          world.after(hours);
          await tolerant(() => world.final());
          await tolerant(() => world.hour());
        }

        const kept = [...world.log.counted.values()].flatMap(({ rows }) => rows);
        const [logged, unattributed] = [kept, kept.filter(({ breakoutId }) => breakoutId === null)].map((rows) => rows.reduce((sum, { bytes }) => sum + bytes, 0n));
        // Minutes are kept for 15 days: whoever measures first after these knows the logs alone, and that there is no data.
        const reading = await world.deps.readings.get(itemIds.breakout);
        const isForgotten = reading!.series.every(({ values }) => values.every((value) => value === null));
        const metric = isForgotten ? 0n : 2n << 30n;
        const total = logged! > metric ? logged! : metric;
        const head = (await world.head())!;
        const measures = sumMeasures([head.totals, head.platformTotals]);
        expect(measures).toMatchObject({ deliveryLoggedBytes: logged, deliveryTotalBytes: total });
        expect([measures.deliveryUnattributedBytes ?? 0n, measures.deliveryUnloggedBytes ?? 0n]).toEqual([unattributed, total - logged!]);
        expect((measures.deliveryNoDataLines ?? 0n) > 0n).toBe(isForgotten);
        expect(await world.log.lateLogs.list()).toEqual([]);
        expect(head.status).not.toBe('PROVISIONAL');

        const { usage } = world;
        const months = await usage.billingMonths(itemIds.account, '');
        const account = (await usage.accountUsage(itemIds.account, allMonths)).measures;
        expect(sumMeasures(months.map((month) => month.measures))).toEqual(account);
        const moves = usage.moves.length;
        await world.final();
        await world.measureAgain(itemIds.breakout, { rereadsMetrics: true });
        expect(usage.moves).toHaveLength(moves);
      }),
      { numRuns: 80, examples: [[tooLate]] },
    );
  });
});
