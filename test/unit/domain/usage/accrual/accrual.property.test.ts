import fc from 'fast-check';
import type { HeldBytes } from '../../../../../lambda/domain/recordings/stored-intervals.ts';
import { monthInterval } from '../../../../../lambda/domain/usage/calendar-month.ts';
import { sumMeasures } from '../../../../../lambda/domain/usage/measures.ts';
import type { UsageLine } from '../../../../../lambda/domain/usage/usage-line.ts';
import { accruingShow } from '../../../../support/usage/accruing-show.ts';
import { itemIds } from '../../../../support/usage/ids.ts';
import type { Mishap } from '../../../../support/usage/memory-usage-store.ts';

const hour = 3_600_000;
const day = 24 * hour;
const settled = Date.parse('2026-11-23T12:00:40Z');
const end = Date.parse('2027-04-15T00:00:00Z');

const storedAt = fc.integer({ min: settled - 2 * hour, max: settled - 1 });
const bytes = fc.bigInt({ min: 0n, max: 1n << 45n });
const objects = fc.integer({ min: 1, max: 9 });
// What has gone by the time a show settles is in its own measurement.
const archive = fc.array(fc.record({ storedAt, bytes, objects, removedAt: fc.option(fc.integer({ min: settled + 1, max: end }), { nil: undefined }) }), { maxLength: 4 });
const recordings = fc.array(fc.record({ storedAt, bytes, objects, coldAt: fc.option(fc.integer({ min: settled, max: end }), { nil: undefined }) }), { maxLength: 4 });

const held = (all: readonly { storedAt: number; bytes: bigint; objects: number; removedAt?: number | undefined; coldAt?: number | undefined }[]): readonly HeldBytes[] =>
  all.map(({ removedAt, coldAt, ...rest }) => ({ ...rest, ...(removedAt === undefined ? {} : { removedAt }), ...(coldAt === undefined ? {} : { transition: { storageClass: 'STANDARD_IA' as const, at: coldAt } }) }));

const stored = fc.record({ archive: archive.map(held), recordings: recordings.map(held) });
const run = fc.record({ at: fc.integer({ min: settled, max: end - 1 }), times: fc.integer({ min: 1, max: 2 }) });
const schedule = fc.record({
  runs: fc.array(run, { maxLength: 12 }),
  /** What becomes of one write after another. */
  mishaps: fc.array(fc.constantFrom<Mishap>('none', 'none', 'lost-before', 'lost-after'), { maxLength: 30 }),
  isDeletionBooked: fc.boolean(),
});
const deletion = fc.option(fc.integer({ min: settled, max: end - 2 * day }), { nil: undefined });

type Stored = { readonly archive: readonly HeldBytes[]; readonly recordings: readonly HeldBytes[] };
interface Schedule { readonly runs: readonly { readonly at: number; readonly times: number }[]; readonly mishaps: readonly Mishap[]; readonly isDeletionBooked: boolean }

/** A show whose storage was booked by a schedule, up to the end. */
const booked = async (holds: Stored, deletedAt: number | undefined, { runs, mishaps, isDeletionBooked }: Schedule) => {
  const left = [...mishaps];
  const show = await accruingShow(holds, () => left.shift() ?? 'none');
  const steps = [...runs.map(({ at, times }) => ({ at, act: (): Promise<unknown> => Promise.all(Array.from({ length: times }, () => show.accrueAt(at))) }))];
  if (deletedAt !== undefined) steps.push({ at: deletedAt, act: () => show.deleteAt(deletedAt, isDeletionBooked).catch(() => undefined) });
  for (const { act } of steps.sort((one, other) => one.at - other.at)) await act();
  left.length = 0;
  await show.accrueAt(end);
  return show;
};

const plain = (lines: readonly UsageLine[]): unknown => lines.map(({ watermark: _watermark, ...line }) => line);

const months = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'];

/** What is left of 30 days of what was deleted after it had gone over, in the month of the deletion. */
const naiveRest = ({ recordings: made }: Stored, deletedAt: number | undefined, month: string): bigint => {
  const { from, to } = monthInterval(month);
  if (deletedAt === undefined || deletedAt <= from || deletedAt > to) return 0n;
  return made.reduce((sum, { bytes: held, transition }) => sum + (transition && transition.at < deletedAt ? held * BigInt(Math.max(0, transition.at + 30 * day - deletedAt)) : 0n), 0n);
};

/** Byte-milliseconds as anybody would count them. */
const naive = ({ archive: kept, recordings: made }: Stored, deletedAt: number | undefined, month: string, until: number): bigint => {
  const { from, to } = monthInterval(month);
  const ends = [...kept.map((one) => ({ ...one, ends: one.removedAt ?? Infinity })), ...made.map((one) => ({ ...one, ends: deletedAt ?? Infinity }))];
  return ends.reduce((sum, one) => sum + one.bytes * BigInt(Math.max(0, Math.min(to, until, one.ends) - Math.max(from, one.storedAt))), 0n);
};

describe('storage that accrues', () => {
  it('comes to the same lines of closed months whenever and however often it is booked', async () => {
    await fc.assert(
      fc.asyncProperty(stored, deletion, schedule, schedule, async (holds, deletedAt, one, other) => {
        const [first, second] = [await booked(holds, deletedAt, one), await booked(holds, deletedAt, other)];

        const closed = (await first.heads()).filter(({ accrual }) => accrual === 'CLOSED').map(({ month }) => month);
        expect((await second.heads()).filter(({ accrual }) => accrual === 'CLOSED').map(({ month }) => month)).toEqual(closed);
        for (const month of closed) expect(plain(await first.lines(month))).toEqual(plain(await second.lines(month)));
      }),
      { numRuns: 300 },
    );
  });

  it('counts every byte and millisecond of every month once', async () => {
    await fc.assert(
      fc.asyncProperty(stored, deletion, schedule, async (holds, deletedAt, plan) => {
        const show = await booked(holds, deletedAt, { ...plan, isDeletionBooked: true });

        for (const month of months) {
          const lines = (await show.lines(month)).filter(({ category }) => category === 'storage');
          const { storageOpenBytes: open = 0n, storageOpenByteMilliseconds: openFrom = 0n } = sumMeasures(lines.map(({ adds }) => adds));
          const counted = lines.filter(({ key }) => !key.endsWith('early-deletion')).reduce((sum, { quantity }) => sum + (quantity?.amount ?? 0n), 0n);
          expect(counted + open * BigInt(end) - openFrom).toBe(naive(holds, deletedAt, month, end));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('charges the rest of 30 days of what leaves cold storage before, once', async () => {
    await fc.assert(
      fc.asyncProperty(stored, deletion, schedule, async (holds, deletedAt, plan) => {
        const show = await booked(holds, deletedAt, { ...plan, isDeletionBooked: true });

        for (const month of months) {
          const early = (await show.lines(month)).filter(({ key }) => key.endsWith('early-deletion'));
          expect(early.reduce((sum, { quantity }) => sum + (quantity?.amount ?? 0n), 0n)).toBe(naiveRest(holds, deletedAt, month));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps every level the sum of its profiles, and what accrues to the last month', async () => {
    await fc.assert(
      fc.asyncProperty(stored, deletion, schedule, async (holds, deletedAt, plan) => {
        const show = await booked(holds, deletedAt, plan);

        const heads = await show.heads();
        const { measures } = await show.usage.accountUsage(itemIds.account, 'TOTAL');
        const { storageNanoUsd, storageOpenBytes, accruingProfiles } = sumMeasures(heads.map(({ totals }) => totals));
        expect([measures.storageNanoUsd ?? 0n, measures.storageOpenBytes ?? 0n, measures.accruingProfiles ?? 0n]).toEqual([storageNanoUsd ?? 0n, storageOpenBytes ?? 0n, accruingProfiles ?? 0n]);
        expect(heads.filter(({ accrual }) => accrual === 'OPEN').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});
