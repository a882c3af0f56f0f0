import type { DeliveryLogRow } from './delivery-log.ts';

const keyOf = ({ minute, breakoutId, kind, geography, protocol, result }: DeliveryLogRow): string => [minute, breakoutId, kind, geography, protocol, result].join(' ');

const summed = (before: DeliveryLogRow | undefined, row: DeliveryLogRow): DeliveryLogRow =>
  before ? { ...before, requests: before.requests + row.requests, bytes: before.bytes + row.bytes } : row;

/** Sums rows that differ in nothing but their amounts; what it answers does not depend on their order. */
export const sumRows = (rows: Iterable<DeliveryLogRow>): readonly DeliveryLogRow[] => {
  const sums = new Map<string, DeliveryLogRow>();
  for (const row of rows) {
    const key = keyOf(row);
    sums.set(key, summed(sums.get(key), row));
  }
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
};
