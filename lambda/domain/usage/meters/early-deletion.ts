import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { infrequentStorageCriteria } from '../../pricing/storage-rates.ts';
import type { HeldBytes } from '../../recordings/stored-intervals.ts';
import { monthInterval, monthOf } from '../calendar-month.ts';
import { ratedLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { bytesPerGigabyte } from './packaging-meter.ts';

/** For how long what has gone over to STANDARD_IA is paid for at least. Source: https://aws.amazon.com/s3/pricing/ */
const leastColdMilliseconds = 30 * 86_400_000;

interface EarlyDeletion {
  readonly at: number;
  readonly byteMilliseconds: bigint;
}

/** What is left to pay when something goes; nothing where it went before it went over, or after its time. */
const leftOf = ({ bytes, removedAt, transition }: HeldBytes): readonly EarlyDeletion[] => {
  if (transition === undefined || removedAt === undefined || removedAt <= transition.at) return [];
  const left = transition.at + leastColdMilliseconds - removedAt;
  // What goes at midnight is of the month that it was held in.
  return left <= 0 ? [] : [{ at: removedAt - 1, byteMilliseconds: bytes * BigInt(left) }];
};

/** A line of storage before it knows its amount. */
export type StorageDraft = Omit<LineDraft, 'dimension' | 'quantity' | 'notes' | 'accrues'>;

/**
 * The rest of the 30 days of what was deleted from STANDARD_IA before they were over, charged when it went, at the price
 * of the storage: what the object would have cost. None where nothing was. Small objects, which cost as if they had
 * 128 KB, never go over.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export const earlyDeletionLines = (stored: readonly HeldBytes[], draft: StorageDraft, until: number, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const early = stored.flatMap(leftOf).filter(({ at }) => at < until && monthOf(at) === draft.month);
  if (early.length === 0) return [];
  const amount = early.reduce((sum, { byteMilliseconds }) => sum + byteMilliseconds, 0n);
  const times = early.map(({ at }) => at);
  const { from, to } = monthInterval(draft.month);
  return [
    ratedLine(
      {
        ...draft,
        dimension: 'the rest of 30 days of storage for what is seldom read, deleted before',
        period: { from: Math.min(...times), to: Math.max(...times) + 1 },
        quantity: { amount, unit: 'byte-milliseconds' },
        notes: ['pro-rated at the price of the storage class; no bytes are held for it'],
        accrues: true,
      },
      fraction(amount, bytesPerGigabyte * BigInt(to - from)),
      infrequentStorageCriteria(region),
      book,
    ),
  ];
};
