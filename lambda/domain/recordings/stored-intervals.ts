import type { StoredObject } from '../usage/meters/storage-meter.ts';

/** Objects that were complete at the same time: what storage charges need to know of them. */
export interface StoredTogether {
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  readonly bytes: bigint;
  readonly objects: number;
}

/** Objects by when they were complete: a recording has thousands of segments, but they were stored in few seconds. */
export const storedTogether = (objects: readonly StoredObject[]): readonly StoredTogether[] =>
  [...Map.groupBy(objects, ({ storedAt }) => storedAt)]
    .map(([storedAt, group]) => ({ storedAt, bytes: group.reduce((sum, { bytes }) => sum + bytes, 0n), objects: group.length }))
    .toSorted((one, other) => one.storedAt - other.storedAt);

/** As many objects with as many bytes, stored then and gone since `removedAt`; which has how many of a group's bytes is not known. */
export const removedObjects = (stored: readonly StoredTogether[], removedAt: number): readonly StoredObject[] =>
  stored.flatMap(({ storedAt, bytes, objects }) =>
    Array.from({ length: objects }, (_, index) => ({ key: `removed-${storedAt}-${index}`, bytes: index === 0 ? bytes : 0n, storedAt, removedAt })),
  );
