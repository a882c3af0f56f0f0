import { fraction, multiply, roundHalfEven } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { storageCriteria } from '../../pricing/storage-rates.ts';
import { dayInterval, dayMilliseconds } from '../calendar-day.ts';
import { monthInterval } from '../calendar-month.ts';
import type { HeldPlace } from '../meters/storage-meter.ts';
import { bytesPerGigabyte } from '../meters/packaging-meter.ts';
import { ratedLine } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';

/** What a listing found in a bucket on a UTC day that no breakout holds. */
export interface StrayDay {
  readonly place: HeldPlace['place'];
  readonly day: string;
  readonly bucket: string;
  readonly region: string;
  readonly bytes: bigint;
  readonly objects: number;
  /** Some of their keys, to look at. */
  readonly someKeys: readonly string[];
  /** Milliseconds since the epoch. */
  readonly countedAt: number;
}

/** Keeps days of what nobody holds. A day is set anew whenever it is counted. */
export interface StrayDays {
  keep(day: StrayDay): Promise<void>;
  /** Of a UTC month, by day. */
  month(place: HeldPlace['place'], month: string): Promise<readonly StrayDay[]>;
}

/** What the platform's part of a bucket is booked as. */
export const strayPurpose = (place: HeldPlace['place']): string => `storage/${place}`;

/** What the platform bears of a month: each day's bytes for that day, at the price of standard storage. None, no lines. */
export const strayLines = (days: readonly StrayDay[], month: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const last = days.at(-1);
  if (last === undefined) return [];
  const byteMilliseconds = days.reduce((sum, { bytes }) => sum + bytes, 0n) * BigInt(dayMilliseconds);
  const times = days.map(({ day }) => dayInterval(day));
  const { from, to } = monthInterval(month);
  const exact = fraction(byteMilliseconds, bytesPerGigabyte * BigInt(to - from));
  return [
    ratedLine(
      {
        key: `storage/${last.place}/unknown`,
        owner: 'PLATFORM',
        category: 'storage',
        service: 'S3',
        dimension: `${last.place}, objects that no breakout holds`,
        month,
        period: { from: Math.min(...times.map((time) => time.from)), to: Math.max(...times.map((time) => time.to)) },
        source: `inventory: S3 ListObjectsV2 of ${last.bucket}`,
        watermark: Math.max(...days.map(({ countedAt }) => countedAt)),
        quantity: { amount: byteMilliseconds, unit: 'byte-milliseconds' },
        notes: [`${last.objects} objects on ${last.day}`, ...(last.someKeys.length === 0 ? [] : [`such as ${last.someKeys.join(', ')}`])],
        adds: { storageBytesHeld: last.bytes, storageNanoGigabyteMonths: roundHalfEven(multiply(exact, fraction(1_000_000_000n))) },
      },
      exact,
      storageCriteria(last.region),
      book,
    ),
  ];
};
