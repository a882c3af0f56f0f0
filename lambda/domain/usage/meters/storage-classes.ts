import type { RateCriteria } from '../../pricing/rate-criteria.ts';
import { infrequentStorageCriteria, storageCriteria } from '../../pricing/storage-rates.ts';
import type { HeldBytes } from '../../recordings/stored-intervals.ts';

/** A class that bytes are held in, at a price of its own. */
export interface StorageClass {
  /** Ends the key of its line. */
  readonly id: string;
  readonly named: string;
  readonly criteria: (region: string) => RateCriteria;
  /** The part of what is held that is in the class at the watermark, or was before it. */
  readonly part: (held: HeldBytes, watermark: number) => readonly HeldBytes[];
}

/** Where everything is stored at first. */
export const standard: StorageClass = {
  id: 'held',
  named: 'standard storage',
  criteria: storageCriteria,
  part: ({ transition, ...held }) => {
    const ends = [held.removedAt, transition?.at].flatMap((at) => at ?? []);
    return [ends.length === 0 ? held : { ...held, removedAt: Math.max(held.storedAt, Math.min(...ends)) }];
  },
};

/** Where lifecycles move what is old. */
export const infrequent: StorageClass = {
  id: 'held/STANDARD_IA',
  named: 'storage for what is seldom read',
  criteria: infrequentStorageCriteria,
  part: ({ transition, ...held }, watermark) =>
    transition === undefined || transition.at >= Math.min(watermark, held.removedAt ?? Infinity) ? [] : [{ ...held, storedAt: Math.max(held.storedAt, transition.at) }],
};
