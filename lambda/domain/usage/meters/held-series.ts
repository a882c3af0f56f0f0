import type { HeldBytes } from '../../recordings/stored-intervals.ts';
import { isoTime, monthInterval, type Interval } from '../calendar-month.ts';
import type { RawInterval, RawSeries } from '../usage-line.ts';
import { infrequent, standard, type StorageClass } from './storage-classes.ts';
import { classParts, type StorageFacts } from './storage-meter.ts';

const inventoryNote = { FOUND: 'found by an inventory', GONE: 'an inventory found it gone' } as const;

const intervalOf = ({ storedAt, removedAt, bytes, objects, inventoried }: HeldBytes): RawInterval => ({
  from: isoTime(storedAt),
  to: removedAt === undefined ? null : isoTime(removedAt),
  amount: bytes.toString(),
  unit: 'bytes',
  objects,
  ...(inventoried === undefined ? {} : { note: inventoryNote[inventoried] }),
});

/** What began in a month, or was held in it. */
const isIn = ({ from, to }: Interval) => ({ storedAt, removedAt = Infinity }: HeldBytes): boolean => storedAt < to && (removedAt > from || storedAt >= from);

const classSeries = (facts: StorageFacts, storageClass: StorageClass, month: string): RawSeries => {
  const whole = monthInterval(month);
  const held = classParts(facts, storageClass, whole).filter(isIn(whole));
  const from = Math.min(whole.to, ...held.map(({ storedAt }) => storedAt));
  return { name: `storage/${facts.place}/${storageClass.id}`, from: isoTime(from), periodSeconds: 0, values: [], intervals: held.map(intervalOf) };
};

/** The bytes behind a month's lines of a place, from when to when, a series for each storage class: of byte-hours, writes and early deletions. */
export const heldSeries = (facts: StorageFacts, month: string): readonly RawSeries[] =>
  [standard, infrequent].map((storageClass) => classSeries(facts, storageClass, month)).filter(({ intervals = [] }) => intervals.length > 0);
