import { accruedStorage, type AccruedStorage } from '../accrued-storage.ts';
import type { AccruedMoney } from '../accruing-money.ts';
import { monthInterval, monthOf } from '../calendar-month.ts';
import { accruingMeasure } from '../measures.ts';
import { add } from '../../pricing/fraction.ts';
import { allMonths, type UsageLevel, type UsagePeriod } from '../usage-store.ts';

/** What is read of one period: its level, and what has been held since it was booked. */
export interface PeriodUsage {
  readonly level: UsageLevel;
  readonly accrued?: AccruedStorage;
}

/** The months in which something may still accrue: the present one, and the one before while its end is not booked. */
const openMonths = (now: number): readonly string[] => {
  const present = monthOf(now);
  return [monthOf(monthInterval(present).from - 1), present];
};

const sumMoney = (one: AccruedMoney | undefined, other: AccruedMoney | undefined): AccruedMoney | undefined =>
  one && other ? { sinceBooked: add(one.sinceBooked, other.sinceBooked), perDay: one.perDay + other.perDay } : (one ?? other);

const sumAccrued = (parts: readonly (AccruedStorage | undefined)[]): AccruedStorage | undefined =>
  parts.reduce(
    (sum, part) =>
      sum && part
        ? {
            bytes: sum.bytes + part.bytes,
            byteMilliseconds: sum.byteMilliseconds + part.byteMilliseconds,
            gigabyteMonths: add(sum.gigabyteMonths, part.gigabyteMonths),
            until: Math.max(sum.until, part.until),
            cost: sumMoney(sum.cost, part.cost),
            charge: sumMoney(sum.charge, part.charge),
          }
        : (sum ?? part),
    undefined,
  );

/** Reads a period by `read`: one item, and of all months together two more while something accrues. */
export const readPeriod = async (read: (period: UsagePeriod) => Promise<UsageLevel>, period: UsagePeriod, now: number): Promise<PeriodUsage> => {
  const level = await read(period);
  if ((level.measures[accruingMeasure] ?? 0n) === 0n) return { level };
  const months = period === allMonths ? openMonths(now) : [period];
  const levels = period === allMonths ? await Promise.all(months.map(read)) : [level];
  const accrued = sumAccrued(months.map((month, index) => accruedStorage(levels[index]?.measures ?? {}, month, now)));
  return accrued ? { level, accrued } : { level };
};
