import { priceGeographies } from '../../pricing/delivery-rates.ts';
import type { DeliveryLogRow, LoggedGeography } from '../delivery-log.ts';
import { geographyOfEdgeLocation } from '../edge-locations.ts';
import type { AddressHash } from './address-hash.ts';
import { audienceOfLog, type LoggedAudience } from './audience-of-log.ts';
import { byteInterner } from './byte-interner.ts';
import { isText, minuteReader, textOf, wholeNumber } from './field-readers.ts';
import { lineScanner, type LogLine } from './line-scanner.ts';
import { LogFault } from './log-fault.ts';
import { checkVersion, logFields, type LogFields } from './log-fields.ts';
import { namedBreakouts } from './named-breakouts.ts';
import { mostResults, type Request, trafficTotals } from './traffic-totals.ts';
import { readViewerPath, type ViewerPath } from './viewer-path.ts';

/** What one pass over a log file found. */
export interface AccessLogReading {
  readonly requests: number;
  readonly rows: readonly DeliveryLogRow[];
  /** Who watched, by breakout. */
  readonly audiences: ReadonlyMap<string, readonly LoggedAudience[]>;
}

/** Reads a log as its bytes arrive. Keeps sums and sketches, never lines: its memory does not grow with the file. */
export interface AccessLogReader {
  /** @throws LogFault when the log is not what it should be */
  push(chunk: Uint8Array): void;
  /** What all of it tells. @throws LogFault */
  end(): AccessLogReading;
}

const geographies: readonly LoggedGeography[] = [...priceGeographies, 'UNKNOWN'];

/** The number of an edge location's geography. Remembers by the three letters that decide. */
const geographyReader = () => {
  const known = new Map<number, number>();
  return (bytes: Uint8Array, from: number, to: number): number => {
    const code = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    const before = known.get(code);
    if (before !== undefined) return before;
    const number = geographies.indexOf(geographyOfEdgeLocation(textOf(bytes, from, to)));
    if (known.size < 1000) known.set(code, number);
    return number;
  };
};

/** Whether https is charged: 1, http: 0; -1 = neither. wss and ws are charged as https and http. */
const protocolNumber = (bytes: Uint8Array, from: number, to: number): number => {
  if (isText(bytes, from, to, 'https') || isText(bytes, from, to, 'wss')) return 1;
  return isText(bytes, from, to, 'http') || isText(bytes, from, to, 'ws') ? 0 : -1;
};

const digitTwo = 50;

/** Whether the edge let the viewer in and gave what was asked for. What it refused may be made up. */
const wasServed = ({ bytes, starts }: LogLine, { status, result }: LogFields): boolean => {
  const from = starts[status] ?? 0;
  if (bytes[from] !== digitTwo && !isText(bytes, from, (starts[status + 1] ?? 0) - 1, '304')) return false;
  return !isText(bytes, starts[result] ?? 0, (starts[result + 1] ?? 0) - 1, 'FunctionGeneratedResponse');
};

const unreadable = (line: LogLine, what: string): LogFault => new LogFault('unreadable-field', `line ${line.number}: ${what}`);

/** Reads the requests of one file, line by line. */
const requestReader = (hashAddress: AddressHash) => {
  const totals = trafficTotals();
  const audience = audienceOfLog(hashAddress);
  const breakouts = namedBreakouts();
  const results = byteInterner(mostResults - 1);
  const minuteOf = minuteReader();
  const geographyOf = geographyReader();
  const path: ViewerPath = { kind: 0, breakoutAt: -1, sessionAt: -1, isByCookies: false };
  const request: Request = { minute: 0, breakout: -1, kind: 0, geography: 0, isHttps: true, result: 0, bytes: 0 };
  let requests = 0;
  return {
    read: (line: LogLine, fields: LogFields): void => {
      if (line.fieldCount !== fields.count) throw new LogFault('field-count', `line ${line.number} has ${line.fieldCount} fields, expected ${fields.count} as the header says`);
      const { bytes, starts } = line;
      const from = (field: number): number => starts[field] ?? 0;
      const to = (field: number): number => (starts[field + 1] ?? 0) - 1;
      request.minute = minuteOf(bytes, from(fields.date), to(fields.date), from(fields.time), to(fields.time));
      if (request.minute < 0) throw unreadable(line, 'date and time are none, expected such as 2026-11-23 and 10:15:30');
      request.bytes = wholeNumber(bytes, from(fields.bytes), to(fields.bytes));
      if (request.bytes < 0) throw unreadable(line, 'sc-bytes is no number of bytes');
      const protocol = protocolNumber(bytes, from(fields.protocol), to(fields.protocol));
      if (protocol < 0) throw unreadable(line, 'cs-protocol is not known, expected http, https, ws or wss');
      request.isHttps = protocol === 1;
      request.geography = geographyOf(bytes, from(fields.location), to(fields.location));
      request.result = results.numberOf(bytes, from(fields.result), to(fields.result));
      if (request.result < 0) request.result = mostResults - 1;
      readViewerPath(path, bytes, from(fields.path), to(fields.path));
      const isServed = path.breakoutAt >= 0 && wasServed(line, fields);
      request.breakout = breakouts.numberOf(bytes, path.breakoutAt, isServed);
      request.kind = path.kind;
      totals.add(request);
      if (isServed && request.breakout >= 0) audience.add(line, fields, path, request, geographies[request.geography] ?? 'UNKNOWN');
      requests += 1;
    },
    reading: (): AccessLogReading => ({
      requests,
      rows: totals.rows({
        breakout: breakouts.idOf,
        geography: (number) => geographies[number] ?? 'UNKNOWN',
        result: (number) => (number < results.size ? textOf(results.bytesOf(number), 0, results.bytesOf(number).length) : 'Other'),
      }),
      audiences: new Map([...audience.tallies()].map(([number, logged]) => [breakouts.idOf(number) ?? '', logged])),
    }),
  };
};

/** A reader of one file. */
export const accessLogReader = (hashAddress: AddressHash): AccessLogReader => {
  const requests = requestReader(hashAddress);
  let isVersionKnown = false;
  let fields: LogFields | undefined;
  const scanner = lineScanner({
    directive: (text) => {
      if (text.startsWith('#Version:')) {
        checkVersion(text);
        isVersionKnown = true;
      }
      if (text.startsWith('#Fields:')) fields = logFields(text);
    },
    line: (line) => {
      if (!isVersionKnown || !fields) throw new LogFault('no-header', `line ${line.number} comes before #Version and #Fields: this is no standard access log`);
      requests.read(line, fields);
    },
  });
  return {
    push: (chunk) => scanner.push(chunk),
    end: () => {
      scanner.end();
      if (!isVersionKnown || !fields) throw new LogFault('no-header', 'the file ends before #Version and #Fields');
      return requests.reading();
    },
  };
};
