import type { PriceGeography, ViewerProtocol } from '../pricing/delivery-rates.ts';
import type { LogFaultReason } from './access-log/log-fault.ts';
import type { DeliveryKind } from './access-log/viewer-path.ts';
import type { Interval } from './calendar-month.ts';
import type { LateLog } from './late/late-log.ts';

/** Where a request was answered: a price geography, or UNKNOWN for an edge location that is on no list. */
export type LoggedGeography = PriceGeography | 'UNKNOWN';

/** What the access logs say of one minute, split by what decides attribution and price. */
export interface DeliveryLogRow {
  /** Start of the minute, milliseconds since the epoch; of the hour where it is of a recording. */
  readonly minute: number;
  /** From the viewer's path; null where the path names no breakout that exists. */
  readonly breakoutId: string | null;
  /** What it was for; null exactly where the breakout is. */
  readonly kind: DeliveryKind | null;
  readonly geography: LoggedGeography;
  readonly protocol: ViewerProtocol;
  /** CloudFront's x-edge-result-type: `Hit`, `Miss`, `Error`, `FunctionGeneratedResponse`, … */
  readonly result: string;
  readonly requests: bigint;
  /** sc-bytes: headers and body. */
  readonly bytes: bigint;
}

/** A log file, by the distribution that it is of and its key, which makes counting it twice impossible. */
export interface LogFile {
  readonly distributionId: string;
  readonly source: string;
  /** The UTC hour that its name tells: `2026-11-23T10`. */
  readonly hour: string;
}

/** What one log file adds up to. */
export interface CountedLogFile extends LogFile {
  readonly requests: number;
  readonly rows: readonly DeliveryLogRow[];
  /** What of it came when it may have been final already. */
  readonly late?: Pick<LateLog, 'from' | 'to' | 'countedAt'>;
}

/** A log file that cannot be counted, and why. */
export interface SetAsideLogFile extends LogFile {
  readonly reason: LogFaultReason;
  readonly message: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Where the totals of access logs are kept: by file, so that each counts once, however often it is told of. */
export interface DeliveryLogStore {
  isCounted(file: LogFile): Promise<boolean>;
  /** Keeps all totals of a file with what is late of it, or none; those of a file that has been counted before stay as they are. */
  keep(file: CountedLogFile): Promise<void>;
  /** Notes a file that cannot be counted. */
  setAside(file: SetAsideLogFile): Promise<void>;
  /** The rows of every file whose minute lies in a half-open window. */
  rows(distributionId: string, window: Interval): Promise<readonly DeliveryLogRow[]>;
  /** The files of the hours of a window that were set aside. */
  filesSetAside(distributionId: string, window: Interval): Promise<readonly SetAsideLogFile[]>;
}

/** The UTC hour of an instant, as log totals are kept by. */
export const hourOf = (at: number): string => new Date(at).toISOString().slice(0, 13);
