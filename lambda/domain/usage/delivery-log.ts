import type { PriceGeography, ViewerProtocol } from '../pricing/delivery-rates.ts';
import type { Interval } from './calendar-month.ts';

/** Where a request was answered: a price geography, or UNKNOWN for an edge location that is on no list. */
export type LoggedGeography = PriceGeography | 'UNKNOWN';

/** What the access logs say of one minute, split by what decides attribution and price. */
export interface DeliveryLogRow {
  /** Start of the minute, milliseconds since the epoch. */
  readonly minute: number;
  /** From the viewer's path; null where the path names no breakout that exists. */
  readonly breakoutId: string | null;
  readonly geography: LoggedGeography;
  readonly protocol: ViewerProtocol;
  /** CloudFront's x-edge-result-type: `Hit`, `Miss`, `Error`, `FunctionGeneratedResponse`, … */
  readonly result: string;
  readonly requests: bigint;
  /** sc-bytes: headers and body. */
  readonly bytes: bigint;
}

/** The totals of one log file for one hour of a distribution. */
export interface DeliveryLogTotals {
  readonly distributionId: string;
  /** UTC hour: `2026-11-23T10`. */
  readonly hour: string;
  /** The log file's key, which makes counting it twice impossible. */
  readonly source: string;
  readonly rows: readonly DeliveryLogRow[];
}

/** Where the totals of access logs are kept: one entry a file and hour. */
export interface DeliveryLogStore {
  /** Keeps the totals of a file; keeping them again changes nothing. */
  keep(totals: DeliveryLogTotals): Promise<void>;
  /** The rows of every file whose minute lies in a half-open window. */
  rows(distributionId: string, window: Interval): Promise<readonly DeliveryLogRow[]>;
}

/** The UTC hour of an instant, as log totals are kept by. */
export const hourOf = (at: number): string => new Date(at).toISOString().slice(0, 13);
