import { fraction, formatDecimal, multiply, roundHalfEven, type Fraction } from '../pricing/fraction.ts';
import type { NanoUsd } from '../pricing/usd.ts';
import { monthInterval } from './calendar-month.ts';
import type { Measures } from './measures.ts';

const gigabyte = 1n << 30n;
const dayMilliseconds = 86_400_000n;
const picosPerDollar = 1_000_000_000_000n;
const picosPerNano = 1_000n;

/** What objects that are still there cost a day, in 10^-12 USD, and that × the mean instant from which they are not counted yet. */
interface DailyMoney {
  readonly perDay: bigint;
  readonly perDayMilliseconds: bigint;
}

/** What the open bytes of a storage line cost a day of its month, at USD a GB-month; undefined when nothing is open. */
const dailyMoney = ({ storageOpenBytes = 0n, storageOpenByteMilliseconds = 0n }: Measures, month: string, usdPerGigabyteMonth: Fraction): DailyMoney | undefined => {
  if (storageOpenBytes === 0n) return undefined;
  const { from, to } = monthInterval(month);
  const days = fraction(BigInt(to - from), dayMilliseconds);
  const gigabytesPerDay = fraction(storageOpenBytes * days.denominator, gigabyte * days.numerator);
  const perDay = roundHalfEven(multiply(multiply(gigabytesPerDay, usdPerGigabyteMonth), fraction(picosPerDollar)));
  return { perDay, perDayMilliseconds: roundHalfEven(fraction(perDay * storageOpenByteMilliseconds, storageOpenBytes)) };
};

/** What a storage line's open bytes will cost, as measures that roll up like all others: each with its own class, book and month. */
export const accruingCost = (adds: Measures, month: string, usdPerGigabyteMonth: Fraction): Measures => {
  const daily = dailyMoney(adds, month, usdPerGigabyteMonth);
  return daily === undefined ? {} : { storageOpenDailyPicoUsd: daily.perDay, storageOpenDailyPicoUsdMilliseconds: daily.perDayMilliseconds };
};

/** What they will be charged with, likewise. */
export const accruingCharge = (adds: Measures, month: string, usdPerGigabyteMonth: Fraction): Measures => {
  const daily = dailyMoney(adds, month, usdPerGigabyteMonth);
  return daily === undefined ? {} : { storageOpenDailyChargePicoUsd: daily.perDay, storageOpenDailyChargePicoUsdMilliseconds: daily.perDayMilliseconds };
};

/** The measures of what will be charged, and of what will be paid: they are of prices, and not of what was measured. */
export const accruingCostMeasures = ['storageOpenDailyPicoUsd', 'storageOpenDailyPicoUsdMilliseconds'] as const;
export const accruingChargeMeasures = ['storageOpenDailyChargePicoUsd', 'storageOpenDailyChargePicoUsdMilliseconds'] as const;

/** Money in 10^-12 USD: since it was booked, and a day. */
export interface AccruedMoney {
  readonly sinceBooked: Fraction;
  readonly perDay: bigint;
}

/** What has accrued of a rate of money up to an instant (milliseconds since the epoch). */
const accruedMoney = (perDay: bigint | undefined, perDayMilliseconds: bigint | undefined, until: number): AccruedMoney | undefined =>
  perDay === undefined || perDayMilliseconds === undefined ? undefined : { sinceBooked: fraction(perDay * BigInt(until) - perDayMilliseconds, dayMilliseconds), perDay };

/** What has accrued at a level and is not booked yet, up to an instant: cost and charge; undefined where no price is known. */
export const accruedMoneyOf = (measures: Measures, until: number): { readonly cost: AccruedMoney | undefined; readonly charge: AccruedMoney | undefined } => ({
  cost: accruedMoney(measures.storageOpenDailyPicoUsd, measures.storageOpenDailyPicoUsdMilliseconds, until),
  charge: accruedMoney(measures.storageOpenDailyChargePicoUsd, measures.storageOpenDailyChargePicoUsdMilliseconds, until),
});

/** What has accrued since it was booked as whole 10^-9 USD, half-even, beside what is booked; undefined where nothing does. */
export const accruedNanoUsd = (money: AccruedMoney | undefined): NanoUsd | undefined => (money === undefined ? undefined : roundHalfEven(multiply(money.sinceBooked, fraction(1n, picosPerNano))));

/** 10^-12 USD as dollars, to 9 decimals, half-even. */
export const formatPicoUsd = (amount: Fraction): string => formatDecimal(multiply(amount, fraction(1n, picosPerDollar)), 9);
