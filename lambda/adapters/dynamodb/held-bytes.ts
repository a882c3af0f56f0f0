import * as z from 'zod';
import type { HeldBytes } from '../../domain/recordings/stored-intervals.ts';
import { packSeries, unpackSeries } from './series-bytes.ts';

/** What an inventory told, as a number. */
const inventoried = ['FOUND', 'GONE'] as const;

const told = (instant: number | undefined): bigint | null => (instant === undefined ? null : BigInt(instant));

/**
 * Intervals of bytes as an item keeps them, a column each: 5 to 8 bytes an interval. The archive of the longest show and what was made of it
 * are tens of thousands, and an item holds 400 KB.
 */
export const packHeld = (stored: readonly HeldBytes[]): Uint8Array =>
  packSeries([
    { values: stored.map(({ storedAt }) => BigInt(storedAt)) },
    { values: stored.map(({ bytes }) => bytes) },
    { values: stored.map(({ objects }) => BigInt(objects)) },
    { values: stored.map(({ removedAt }) => told(removedAt)) },
    { values: stored.map(({ transition }) => told(transition?.at)) },
    { values: stored.map((held) => (held.inventoried === undefined ? null : BigInt(inventoried.indexOf(held.inventoried)))) },
  ]);

const missing = (): RangeError => new RangeError('an interval of stored bytes has no time, bytes or objects');

const heldOf = (bytes: Uint8Array): readonly HeldBytes[] => {
  const [times = [], sizes = [], counts = [], removals = [], transitions = [], words = []] = unpackSeries(bytes).map(({ values }) => values);
  const instant = (values: readonly (bigint | null)[], index: number): number | undefined => {
    const value = values[index] ?? null;
    return value === null ? undefined : Number(value);
  };
  return times.map((_, index): HeldBytes => {
    const [storedAt, size, objects] = [instant(times, index), sizes[index] ?? null, instant(counts, index)];
    if (storedAt === undefined || size === null || objects === undefined) throw missing();
    const [removedAt, coldAt, word] = [instant(removals, index), instant(transitions, index), inventoried[instant(words, index) ?? -1]];
    return {
      storedAt,
      bytes: size,
      objects,
      ...(removedAt === undefined ? {} : { removedAt }),
      ...(coldAt === undefined ? {} : { transition: { storageClass: 'STANDARD_IA', at: coldAt } }),
      ...(word === undefined ? {} : { inventoried: word }),
    };
  });
};

/** The intervals that were packed. */
export const heldBytesSchema = z.instanceof(Uint8Array).transform(heldOf);
