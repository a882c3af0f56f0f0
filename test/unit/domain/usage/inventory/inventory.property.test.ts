import fc from 'fast-check';
import { expiryOf } from '../../../../../lambda/domain/recordings/archive/archive-release.ts';
import { monthInterval } from '../../../../../lambda/domain/usage/calendar-month.ts';
import { sumMeasures } from '../../../../../lambda/domain/usage/measures.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import { storageWorld, type ArchivedBytes, type RealObject } from '../../../../support/usage/storage-world.ts';

const hour = 3_600_000;
const day = 24 * hour;
// What is there by then is in the show's own measurement.
const stopped = Date.parse('2026-11-23T11:00:40Z');
const settled = Date.parse('2026-11-23T13:02:00Z');
const end = Date.parse('2027-01-20T00:00:00Z');
const months = ['2026-11', '2026-12', '2027-01'];

const bytes = fc.bigInt({ min: 1n, max: 1n << 40n });
const archived: fc.Arbitrary<ArchivedBytes> = fc.record({ storedAt: fc.integer({ min: stopped, max: settled - 1 }), bytes, lagMilliseconds: fc.integer({ min: 0, max: 3 * day }) });
const operation = fc.constantFrom('inventory', 'inventory', 'accrue', 'finalise', 'remove', 'write', 'write');
/** What happens at once, some time after what happened before. */
const moment = fc.record({ afterHours: fc.integer({ min: 0, max: 300 }), operations: fc.array(operation, { minLength: 1, maxLength: 4 }), bytes });

/** Byte-milliseconds that S3 charges in a month. */
const naive = (objects: readonly RealObject[], month: string): bigint => {
  const { from, to } = monthInterval(month);
  return objects.reduce((sum, { bytes: held, storedAt, goesAt = Infinity }) => sum + held * BigInt(Math.max(0, Math.min(to, end, goesAt) - Math.max(from, storedAt))), 0n);
};

describe('an inventory beside everything else that books storage', () => {
  it('charges every byte once for as long as it is there, and every level is its sum', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(archived, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 40 }), fc.array(moment, { maxLength: 8 }), async (scheduler, archive, archiveDays, moments) => {
        const others = { isQuiet: false, isDeleted: false };
        const world = storageWorld(archive, archiveDays, (storedAt) => expiryOf(storedAt, archiveDays), () => (others.isQuiet ? Promise.resolve() : scheduler.schedule(Promise.resolve())));
        world.write(1n << 30n, settled - hour);
        world.state.now = settled;
        for (const { afterHours, operations, bytes: written } of moments) {
          world.state.now = Math.min(world.state.now + afterHours * hour + 1, end - day);
          const at = world.state.now;
          if (operations.includes('write') && !others.isDeleted) world.write(written, at);
          const running = operations.flatMap((name): readonly Promise<unknown>[] => {
            if (name === 'write') return [];
            if (name === 'remove') others.isDeleted = true;
            return [world[name]()];
          });
          // One that others keep from its end is tried again by those that come later, as it is by its schedule.
          await scheduler.waitFor(Promise.allSettled(running));
        }

        others.isQuiet = true;
        world.state.now = Math.max(world.state.now + 1, end - 1);
        await world.finalise();
        world.state.now = end;
        await world.inventory();
        await world.accrue();

        const charged = await Promise.all(months.map(async (month) => (await world.lines(month)).filter(({ key }) => key.endsWith('/held'))));
        const objects = [...world.state.archive, ...world.state.recordings];
        months.forEach((month, index) => {
          const { storageOpenBytes: open = 0n, storageOpenByteMilliseconds: openFrom = 0n } = sumMeasures((charged[index] ?? []).map(({ adds }) => adds));
          const counted = (charged[index] ?? []).reduce((sum, { quantity }) => sum + (quantity?.amount ?? 0n), 0n);
          expect([month, counted + open * BigInt(end) - openFrom]).toEqual([month, naive(objects, month)]);
        });
        const heads = await world.usage.heads(itemIds.breakout);
        for (const { month, totals } of heads) {
          expect(sumMeasures((await world.lines(month)).map(({ adds }) => adds)).storageNanoUsd).toBe(totals.storageNanoUsd);
          expect((await world.usage.accountUsage(itemIds.account, month)).measures.storageNanoUsd).toBe(totals.storageNanoUsd);
        }
      }),
      { numRuns: 120 },
    );
  });
});
