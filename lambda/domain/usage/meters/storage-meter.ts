import { fraction, roundHalfEven, multiply, type Fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { putRequestCriteria } from '../../pricing/storage-rates.ts';
import type { HeldBytes } from '../../recordings/stored-intervals.ts';
import { intersection, monthInterval, monthOf, splitByMonth, type Interval } from '../calendar-month.ts';
import type { Measures } from '../measures.ts';
import { ratedLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { earlyDeletionLines } from './early-deletion.ts';
import { bytesPerGigabyte } from './packaging-meter.ts';
import { infrequent, standard, type StorageClass } from './storage-classes.ts';

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
  /** S3's storage class as it is listed; absent = it was not listed. */
  readonly storageClass?: string;
  /** Absent = it stays in the class that it was stored in, STANDARD. */
  readonly transition?: StorageTransition;
}

/** What a breakout holds in one place. */
export interface HeldPlace {
  readonly place: 'archive' | 'recordings';
  readonly bucket: string;
  readonly stored: readonly HeldBytes[];
}

/** The same with the times that it is measured by. */
export interface StorageFacts extends HeldPlace {
  /** When the show had ended: an empty place has its 0 in that month. */
  readonly since: number;
  /** Up to when storage is counted. */
  readonly watermark: number;
  /** When it was looked at what is stored, which may be counted from a moment later on; absent = after all of it. */
  readonly seenAt?: number;
}

type HeldTime = Pick<HeldBytes, 'bytes' | 'storedAt' | 'removedAt'>;

/** Byte-milliseconds in a month, up to an instant. */
const byteMillisecondsIn = (stored: readonly HeldTime[], month: Interval, until: number): bigint => {
  const counted = { from: month.from, to: Math.max(month.from, Math.min(month.to, until)) };
  return stored.reduce((sum, { bytes, storedAt, removedAt = until }) => {
    const { from, to } = intersection({ from: storedAt, to: Math.max(storedAt, Math.min(removedAt, until)) }, counted);
    return sum + bytes * BigInt(to - from);
  }, 0n);
};

/** Byte-milliseconds as GB-months of the calendar month: the sum over 2^30 and the month's length. */
const asGigabyteMonths = (byteMilliseconds: bigint, { from, to }: Interval): Fraction => fraction(byteMilliseconds, bytesPerGigabyte * BigInt(to - from));

/**
 * What is still held when it is measured, for whoever reads it later: bytes, and the sum of bytes × the instant from which they are not counted yet.
 * That is no later than they were seen: what counts from the next whole minute accrues until then all the same, so that nobody reads less than nothing.
 */
const openMeasures = (held: readonly HeldTime[], month: Interval, { watermark, seenAt = Infinity }: StorageFacts): Measures => {
  const from = Math.max(month.from, watermark);
  return {
    storageOpenBytes: held.reduce((sum, { bytes }) => sum + bytes, 0n),
    storageOpenByteMilliseconds: held.reduce((sum, { bytes, storedAt }) => sum + bytes * BigInt(Math.max(from, Math.min(storedAt, seenAt))), 0n),
  };
};

const draftOf = ({ place, bucket }: HeldPlace, id: string, dimension: string, month: string, period: Interval, watermark: number, storageClass = standard): LineDraft => ({
  key: `storage/${place}/${id}`,
  category: 'storage',
  service: 'S3',
  dimension,
  month,
  period,
  source: `S3 ListObjectsV2 of ${bucket}`,
  watermark,
  points: [`storage/${place}/${storageClass.id}`],
});

/** From when to when a class's part is counted in a month: to the watermark, or until all of it has gone, so that measuring later says the same. */
const countedPeriod = (parts: readonly HeldBytes[], { since, watermark }: StorageFacts, whole: Interval): Interval => {
  const inMonth = (at: number): number => Math.min(whole.to, Math.max(whole.from, at));
  const from = parts.length === 0 ? since : Math.min(...parts.map(({ storedAt }) => storedAt));
  const gone = parts.length === 0 ? since : Math.max(...parts.map(({ removedAt = Infinity }) => removedAt));
  return { from: inMonth(from), to: Math.max(inMonth(from), inMonth(Math.min(watermark, gone))) };
};

const inventoryNotes = (parts: readonly HeldBytes[]): readonly string[] =>
  (['FOUND', 'GONE'] as const).flatMap((what) => {
    const objects = parts.filter(({ inventoried }) => inventoried === what).reduce((sum, part) => sum + part.objects, 0);
    return objects === 0 ? [] : [`${objects} of them ${what === 'FOUND' ? 'were found' : 'had gone'} when the bucket was listed (inventory)`];
  });

/** What has been in a storage class by the watermark, or by the month's end. */
export const classParts = ({ stored, watermark }: StorageFacts, storageClass: StorageClass, { to }: Interval): readonly HeldBytes[] =>
  stored.flatMap((held) => storageClass.part(held, Math.min(watermark, to)));

/** Byte-hours of one storage class in a month. What is held goes on, so that the line is measured anew until the month is over. */
const heldLine = (facts: StorageFacts, storageClass: StorageClass, month: string, region: string, book: PriceBook | undefined): UsageLine => {
  const whole = monthInterval(month);
  const parts = classParts(facts, storageClass, whole);
  const period = countedPeriod(parts, facts, whole);
  const watermark = Math.min(facts.watermark, period.to);
  const byteMilliseconds = byteMillisecondsIn(parts, whole, watermark);
  // What came after the month is no part of it, though it was there when the month was measured; nor is what went before it counted.
  const open = parts.filter(({ storedAt, removedAt = Infinity }) => storedAt < whole.to && removedAt > Math.max(watermark, storedAt));
  const exact = asGigabyteMonths(byteMilliseconds, whole);
  const draft = draftOf(facts, storageClass.id, `${facts.place}, ${storageClass.named}`, month, period, watermark, storageClass);
  return ratedLine(
    {
      ...draft,
      source: parts.some(({ inventoried }) => inventoried !== undefined) ? `${draft.source}, daily inventory` : draft.source,
      quantity: { amount: byteMilliseconds, unit: 'byte-milliseconds' },
      notes: [`${parts.reduce((sum, { objects }) => sum + objects, 0)} objects, each from its completion until it goes, or the month ends`, ...inventoryNotes(parts)],
      accrues: true,
      adds: {
        storageNanoGigabyteMonths: roundHalfEven(multiply(exact, fraction(1_000_000_000n))),
        ...(watermark >= whole.to ? {} : { storageBytesHeld: open.reduce((sum, { bytes }) => sum + bytes, 0n), ...openMeasures(open, whole, { ...facts, watermark }) }),
      },
    },
    exact,
    storageClass.criteria(region),
    book,
  );
};

/** The lines of what a place holds in a month: one a storage class that it has been in, what went too early, and writes that an inventory found. */
export const heldLines = (facts: StorageFacts, month: string, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const { to } = monthInterval(month);
  const isCold = facts.stored.some((held) => infrequent.part(held, Math.min(to, facts.watermark)).length > 0);
  const { dimension: _dimension, ...draft } = draftOf(facts, 'early-deletion', '', month, { from: facts.since, to: facts.since }, facts.watermark, infrequent);
  return [
    ...[standard, ...(isCold ? [infrequent] : [])].map((storageClass) => heldLine(facts, storageClass, month, region, book)),
    ...earlyDeletionLines(facts.stored, draft, facts.watermark, region, book),
    ...putLine(facts, 'FOUND', month, region, book),
  ];
};

/** Writes of a month: of what was known when the show was settled, which is settled too, or of what was found since. */
const putLine = (facts: StorageFacts, known: HeldBytes['inventoried'], month: string, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const isFound = known === 'FOUND';
  const written = facts.stored.filter(({ storedAt, inventoried }) => monthOf(storedAt) === month && (inventoried === 'FOUND') === isFound);
  if (written.length === 0) return [];
  const count = written.reduce((sum, { objects }) => sum + BigInt(objects), 0n);
  const times = written.map(({ storedAt }) => storedAt);
  const criteria = putRequestCriteria(region);
  const draft = draftOf(facts, isFound ? 'put-requests/inventory' : 'put-requests', criteria.what, month, { from: Math.min(...times), to: Math.max(...times) }, facts.watermark);
  const notes = ['one for each object that is stored: parts of multipart uploads and overwritten objects are not known'];
  return [ratedLine({ ...draft, quantity: { amount: count, unit: 'requests' }, notes, ...(isFound ? { accrues: true } : {}) }, fraction(count), criteria, book)];
};

/** The months in which a place holds something up to the watermark, and that in which its show ended. */
export const storedMonths = ({ stored, since, watermark }: StorageFacts): readonly string[] => {
  const began = stored.map(({ storedAt }) => storedAt);
  const gone = stored.map(({ removedAt = Infinity }) => removedAt - 1);
  const from = Math.min(since, ...began);
  const to = Math.max(since, ...began, Math.min(watermark, Math.max(from, ...gone)));
  return splitByMonth({ from, to: to + 1 }).map(({ month }) => month);
};

/** The storage lines of one place: byte-hours of each UTC month up to the watermark, bytes held then, and the writes. */
export const storageLines = (facts: StorageFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  storedMonths(facts).flatMap((month) => [...heldLines(facts, month, region, book), ...putLine(facts, undefined, month, region, book)]);
