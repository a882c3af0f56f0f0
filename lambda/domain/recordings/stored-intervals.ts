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

/** The bytes of one of so many objects: which has how many is not known, so that each has as many, and the first what is left over. */
const shareOf = (bytes: bigint, objects: number, index: number): bigint => bytes / BigInt(objects) + (index === 0 ? bytes % BigInt(objects) : 0n);

/** As many objects with as many bytes, stored then and gone since `removedAt`. */
export const removedObjects = (stored: readonly StoredTogether[], removedAt: number): readonly StoredObject[] =>
  stored.flatMap(({ storedAt, bytes, objects, transition }) =>
    Array.from({ length: objects }, (_, index) => ({
      key: `removed-${storedAt}-${transition?.at ?? ''}-${index}`,
      bytes: shareOf(bytes, objects, index),
      storedAt,
      removedAt,
      ...(transition && { transition }),
    })),
  );
