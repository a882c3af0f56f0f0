import { fraction, multiply, roundHalfEven, type Fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { putRequestCriteria, storageCriteria } from '../../pricing/storage-rates.ts';
import { intersection, monthInterval, monthOf, splitByMonth } from '../calendar-month.ts';
import { ratedLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { bytesPerGigabyte } from './packaging-meter.ts';

/** When an object goes over to another storage class, by the bucket's rules. */
export interface StorageTransition {
  readonly storageClass: 'STANDARD_IA';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** An object that is stored now. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: bigint;
  /** When it was complete, milliseconds since the epoch. */
  readonly storedAt: number;
  /** When it went, likewise; absent = it is there. */
  readonly removedAt?: number;
  /** S3's storage class as it is listed; absent = it was not listed. */
  readonly storageClass?: string;
  /** Absent = it stays in the class that it was stored in, STANDARD. */
  readonly transition?: StorageTransition;
}

/** The objects of a breakout in one place. */
export interface StorageFacts {
  readonly place: 'archive' | 'recordings';
  readonly bucket: string;
  readonly objects: readonly StoredObject[];
  /** Up to when storage is counted. */
  readonly watermark: number;
}

/** Byte-milliseconds of objects in an interval, as GB-months of the calendar month: the sum over 2^30 and the month's length. */
export const gigabyteMonths = (objects: readonly StoredObject[], month: string, until: number): Fraction => {
  const whole = monthInterval(month);
  const counted = { from: whole.from, to: Math.min(whole.to, until) };
  const byteMilliseconds = objects.reduce((sum, { bytes, storedAt, removedAt = until }) => {
    const { from, to } = intersection({ from: storedAt, to: Math.max(storedAt, Math.min(removedAt, until)) }, counted);
    return sum + bytes * BigInt(to - from);
  }, 0n);
  return fraction(byteMilliseconds, bytesPerGigabyte * BigInt(whole.to - whole.from));
};

const draftOf = ({ place, bucket, objects, watermark }: StorageFacts, id: string, dimension: string, month: string): LineDraft => {
  const whole = monthInterval(month);
  const from = Math.min(whole.to, Math.max(whole.from, Math.min(...objects.map(({ storedAt }) => storedAt), watermark)));
  return {
    key: `storage/${place}/${id}`,
    category: 'storage',
    service: 'S3',
    dimension,
    month,
    period: { from, to: Math.max(from, Math.min(whole.to, watermark)) },
    source: `S3 ListObjectsV2 of ${bucket}`,
    watermark,
  };
};

const heldLine = (facts: StorageFacts, month: string, region: string, book: PriceBook | undefined): UsageLine => {
  const exact = gigabyteMonths(facts.objects, month, facts.watermark);
  const isHeld = ({ removedAt = Infinity }: StoredObject): boolean => removedAt > facts.watermark;
  const bytesHeld = facts.objects.filter(isHeld).reduce((sum, { bytes }) => sum + bytes, 0n);
  const nanoGigabyteMonths = roundHalfEven(multiply(exact, fraction(1_000_000_000n)));
  const held = month === monthOf(facts.watermark) ? { storageBytesHeld: bytesHeld } : {};
  return ratedLine(
    {
      ...draftOf(facts, 'held', `${facts.place}, standard storage`, month),
      quantity: { amount: bytesHeld, unit: 'bytes' },
      notes: [`${facts.objects.length} objects, each from its completion to the watermark, or until it was removed`],
      adds: { ...held, storageNanoGigabyteMonths: nanoGigabyteMonths },
    },
    exact,
    storageCriteria(region),
    book,
  );
};

const putLine = (facts: StorageFacts, month: string, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const count = BigInt(facts.objects.filter(({ storedAt }) => monthOf(storedAt) === month).length);
  if (count === 0n) return [];
  const criteria = putRequestCriteria(region);
  const draft = draftOf(facts, 'put-requests', criteria.what, month);
  const notes = ['one for each object that is stored: parts of multipart uploads and overwritten objects are not known'];
  return [ratedLine({ ...draft, quantity: { amount: count, unit: 'requests' }, notes }, fraction(count), criteria, book)];
};

/** The storage lines of one place: byte-hours of each UTC month up to the watermark, bytes held now, and the writes. */
export const storageLines = (facts: StorageFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const times = [...facts.objects.map(({ storedAt }) => storedAt), facts.watermark];
  const months = splitByMonth({ from: Math.min(...times), to: Math.max(...times) + 1 }).map(({ month }) => month);
  return months.flatMap((month) => [heldLine(facts, month, region, book), ...putLine(facts, month, region, book)]);
};
