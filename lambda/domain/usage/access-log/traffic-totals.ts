import type { ViewerProtocol } from '../../pricing/delivery-rates.ts';
import type { DeliveryLogRow, LoggedGeography } from '../delivery-log.ts';
import { LogFault } from './log-fault.ts';
import { deliveryKinds } from './viewer-path.ts';

/** What one request adds, in numbers that the others' names are kept for. */
export interface Request {
  /** Minutes since the epoch. */
  minute: number;
  /** -1 = of no breakout. */
  breakout: number;
  /** An index of the kinds of delivery. */
  kind: number;
  geography: number;
  isHttps: boolean;
  result: number;
  bytes: number;
}

/** The names behind the numbers of requests. */
export interface RequestNames {
  readonly breakout: (number: number) => string | null;
  readonly geography: (number: number) => LoggedGeography;
  readonly result: (number: number) => string;
}

interface Total {
  requests: number;
  bytes: number;
}

const recording = deliveryKinds.indexOf('RECORDING');
const minutesAnHour = 60;
/** Numbers of geographies and results are below these. */
const geographies = 16;
export const mostResults = 32;

/** Two hours of a hundred shows. A file with more is none that CloudFront writes, and its totals fit no transaction. */
const mostTotals = 40_000;

/** Sums by minute, and by hour where it is a recording's delivery: no show's window cuts that. */
export const trafficTotals = () => {
  const byMinute = new Map<number, Map<number, Total>>();
  let minute = -1;
  let inMinute = new Map<number, Total>();
  let totals = 0;

  const minuteTotals = (wanted: number): Map<number, Total> => {
    const known = byMinute.get(wanted);
    if (known) return known;
    const made = new Map<number, Total>();
    byMinute.set(wanted, made);
    return made;
  };
  const newTotal = (key: number): Total => {
    totals += 1;
    if (totals > mostTotals) throw new LogFault('too-many-totals', `more than ${mostTotals} different combinations of minute, breakout, geography, protocol and result`);
    const total: Total = { requests: 0, bytes: 0 };
    inMinute.set(key, total);
    return total;
  };
  const rowOf = (at: number, key: number, { requests, bytes }: Total, names: RequestNames): DeliveryLogRow => {
    if (!Number.isSafeInteger(bytes)) throw new LogFault('unreadable-field', 'the bytes of a minute are more than 2^53');
    const result = key % mostResults;
    const protocol: ViewerProtocol = Math.floor(key / mostResults) % 2 === 1 ? 'https' : 'http';
    const rest = Math.floor(key / (mostResults * 2));
    const kinds = Math.floor(rest / geographies);
    const breakoutId = names.breakout(Math.floor(kinds / deliveryKinds.length) - 1);
    const kind = breakoutId === null ? null : (deliveryKinds[kinds % deliveryKinds.length] ?? null);
    return { minute: at * 60_000, breakoutId, kind, geography: names.geography(rest % geographies), protocol, result: names.result(result), requests: BigInt(requests), bytes: BigInt(bytes) };
  };
  return {
    /** @throws LogFault when there are too many different ones */
    add: (request: Readonly<Request>): void => {
      const at = request.kind === recording ? request.minute - (request.minute % minutesAnHour) : request.minute;
      if (at !== minute) {
        minute = at;
        inMinute = minuteTotals(at);
      }
      const owner = (request.breakout + 1) * deliveryKinds.length + request.kind;
      const key = ((owner * geographies + request.geography) * 2 + (request.isHttps ? 1 : 0)) * mostResults + request.result;
      const total = inMinute.get(key) ?? newTotal(key);
      total.requests += 1;
      total.bytes += request.bytes;
    },
    /** All sums. @throws LogFault when one is larger than any traffic */
    rows: (names: RequestNames): readonly DeliveryLogRow[] => [...byMinute].flatMap(([at, keys]) => [...keys].map(([key, total]) => rowOf(at, key, total, names))),
  };
};
