import type { Page, PageRequest } from '../../shared/page.ts';

/** What entries of a show's log can say, by what they are about. */
export const showLogNames = {
  SHOW: ['START_REQUESTED', 'STARTED', 'STOP_REQUESTED', 'STOPPED', 'FAILED', 'ABORTED', 'RESET', 'PIPELINE_CHANGED'],
  INPUT: ['ACQUIRED', 'LOST', 'FAILED_OVER', 'SWITCHED'],
  ALERT: ['SET', 'CLEARED'],
  QUALITY: ['DEGRADED', 'RECOVERED'],
  RECORDING: ['STARTED', 'STOPPED'],
  SOURCES: ['APPLIED', 'REMOVED'],
  GUARD: ['NO_INPUT', 'HARD_STOP', 'REPAIRED', 'ORPHAN'],
} as const;

export type ShowLogType = keyof typeof showLogNames;

export type ShowLogName = (typeof showLogNames)[ShowLogType][number];

/** One thing that happened in a show. */
export interface ShowLogEntry {
  readonly breakoutId: string;
  readonly accountId: string;
  readonly attempt: number;
  /** When it happened, not when it was heard of: ISO 8601 UTC with milliseconds. */
  readonly at: string;
  /** The same whenever the same thing is told again: an event's id, or `<name>-<attempt>`. */
  readonly id: string;
  readonly type: ShowLogType;
  readonly name: ShowLogName;
  /** A sentence for people. */
  readonly message: string;
  /** The channel's pipeline, `0` or `1`, where one alone is meant. */
  readonly pipeline?: string;
  /** The attachment's name of the input that is meant. */
  readonly input?: string;
}

/** Which entries are wanted; times are half-open. */
export interface ShowLogFilter {
  readonly type?: ShowLogType;
  readonly name?: ShowLogName;
  readonly from?: string;
  readonly to?: string;
}

/** Keeps what happened in shows. */
export interface ShowLog {
  /** Keeps the entry. Telling the same again changes nothing. @throws UnavailableError */
  readonly note: (entry: ShowLogEntry) => Promise<void>;
  /** Of one breakout, the oldest first. */
  readonly list: (breakoutId: string, filter: ShowLogFilter, page: PageRequest) => Promise<Page<ShowLogEntry>>;
  /** Of all breakouts of an account, the oldest first; may lag a moment behind writes. */
  readonly listByAccount: (accountId: string, filter: ShowLogFilter, page: PageRequest) => Promise<Page<ShowLogEntry>>;
}
