import { fraction, type Fraction } from '../pricing/fraction.ts';
import { accruedMoneyOf, type AccruedMoney } from './accruing-money.ts';
import { monthInterval } from './calendar-month.ts';
import type { Measures } from './measures.ts';
import { bytesPerGigabyte } from './meters/packaging-meter.ts';

/** What has been held since it was booked: computed when it is read, and booked when objects go or the month ends. */
export interface AccruedStorage {
  /** Bytes that are still held. */
  readonly bytes: bigint;
  readonly byteMilliseconds: bigint;
  readonly gigabyteMonths: Fraction;
  /** Up to when, milliseconds since the epoch: the present, or the month's end. */
  readonly until: number;
  /** At the prices of the lines that are booked of it; undefined where none is known. */
  readonly cost: AccruedMoney | undefined;
  readonly charge: AccruedMoney | undefined;
}

/** What accrued in a month at a level up to `now`; undefined when nothing does. Additive: parts sum to their whole. */
export const accruedStorage = (measures: Measures, month: string, now: number): AccruedStorage | undefined => {
  const { storageOpenBytes = 0n, storageOpenByteMilliseconds = 0n } = measures;
  if (storageOpenBytes === 0n) return undefined;
  const { from, to } = monthInterval(month);
  const until = Math.max(from, Math.min(to, now));
  const byteMilliseconds = storageOpenBytes * BigInt(until) - storageOpenByteMilliseconds;
  return { bytes: storageOpenBytes, byteMilliseconds, gigabyteMonths: fraction(byteMilliseconds, bytesPerGigabyte * BigInt(to - from)), until, ...accruedMoneyOf(measures, until) };
};
