import { fieldPlaces, neededFields, parseLogLine, type FieldPlaces } from './access-log-line.ts';
import type { DeliveryLogRow } from './delivery-log.ts';

/** What one pass over a log file found. */
export interface AccessLogSummary {
  readonly rows: readonly DeliveryLogRow[];
  readonly requests: number;
  /** Lines that are no requests: a truncated file, or a format that is not known. */
  readonly unreadableLines: number;
}

const keyOf = ({ minute, breakoutId, geography, protocol, result }: DeliveryLogRow): string => [minute, breakoutId, geography, protocol, result].join(' ');

const summed = (before: DeliveryLogRow | undefined, row: DeliveryLogRow): DeliveryLogRow =>
  before ? { ...before, requests: before.requests + row.requests, bytes: before.bytes + row.bytes } : row;

/** Sums rows that differ in nothing but their amounts; what it answers does not depend on their order. */
export const sumRows = (rows: Iterable<DeliveryLogRow>): readonly DeliveryLogRow[] => {
  const sums = new Map<string, DeliveryLogRow>();
  for (const row of rows) sums.set(keyOf(row), summed(sums.get(keyOf(row)), row));
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
};

/**
 * Reads the lines of a standard access log once, keeping sums only.
 * @throws RangeError when the file has requests but no header that names the needed fields
 */
export const summariseAccessLog = async (lines: AsyncIterable<string>): Promise<AccessLogSummary> => {
  let places: FieldPlaces | undefined;
  let requests = 0;
  let unreadableLines = 0;
  const sums = new Map<string, DeliveryLogRow>();
  for await (const line of lines) {
    if (line.startsWith('#Fields:')) places = fieldPlaces(line);
    if (line.startsWith('#') || line.trim() === '') continue;
    if (!places) throw new RangeError(`the access log has no header with the fields ${neededFields.join(', ')}`);
    const row = parseLogLine(line, places);
    if (!row) {
      unreadableLines += 1;
      continue;
    }
    requests += 1;
    sums.set(keyOf(row), summed(sums.get(keyOf(row)), row));
  }
  return { rows: sumRows(sums.values()), requests, unreadableLines };
};
