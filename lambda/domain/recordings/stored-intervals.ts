import type { StorageTransition, StoredObject } from '../usage/meters/storage-meter.ts';

/** Objects that were complete at the same time: what storage charges need to know of them. */
export interface StoredTogether {
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  readonly bytes: bigint;
  readonly objects: number;
  /** When all of them go over to another storage class; absent = never. */
  readonly transition?: StorageTransition;
}

/** Bytes that are held from when they were stored until they are removed, or expire. */
export interface HeldBytes extends StoredTogether {
  /** Milliseconds since the epoch, also when it is still to come; absent = nobody has said when. */
  readonly removedAt?: number;
  /** What an inventory alone has told: that it is there, or that it has gone. Absent = what was known without. */
  readonly inventoried?: 'FOUND' | 'GONE';
}

const groupOf = ({ storedAt, transition }: StoredObject): string => `${storedAt} ${transition?.at ?? ''}`;

/** Objects by when they were complete: a recording has thousands of segments, but they were stored in few seconds. */
export const storedTogether = (objects: readonly StoredObject[]): readonly StoredTogether[] =>
  [...Map.groupBy(objects, groupOf).values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { storedAt, transition } = first;
      return [{ storedAt, bytes: group.reduce((sum, { bytes }) => sum + bytes, 0n), objects: group.length, ...(transition && { transition }) }];
    })
    .toSorted((one, other) => one.storedAt - other.storedAt);

/** The same, removed then. */
export const removedAt = (stored: readonly StoredTogether[], at: number): readonly HeldBytes[] => stored.map((group) => ({ ...group, removedAt: at }));
