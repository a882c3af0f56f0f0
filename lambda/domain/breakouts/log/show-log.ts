import type { Page, PageRequest } from '../../shared/page.ts';

/** What entries of a show's log can say, by what they are about. */
export const showLogNames = {
  SHOW: ['START_REQUESTED', 'STARTED', 'STOP_REQUESTED', 'STOPPED', 'FAILED', 'ABORTED', 'RESET', 'PIPELINE_CHANGED'],
  INPUT: ['ACQUIRED', 'LOST', 'FAILED_OVER', 'SWITCHED', 'REFUSED'],
  ALERT: ['SET', 'CLEARED'],
  QUALITY: ['DEGRADED', 'RECOVERED'],
  VIEWERS: ['REFUSED'],
  RECORDING: ['STARTED', 'STOPPED', 'FAILED'],
  SOURCES: ['APPLIED', 'REMOVED'],
  GUARD: ['NO_INPUT', 'HARD_STOP', 'REPAIRED', 'ORPHAN'],
} as const;

export type ShowLogType = keyof typeof showLogNames;

export type ShowLogName = (typeof showLogNames)[ShowLogType][number];

/** Every type, for whoever parses one. */
export const showLogTypes = ['SHOW', 'INPUT', 'ALERT', 'QUALITY', 'VIEWERS', 'RECORDING', 'SOURCES', 'GUARD'] as const satisfies readonly ShowLogType[];

const names: readonly string[] = Object.values(showLogNames).flat();

/** Whether entries can have this name. */
export const isShowLogName = (name: string): name is ShowLogName => names.includes(name);

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
  /** The service's own id and words of the alert that was set or cleared. */
  readonly alertId?: string;
  readonly alertType?: string;
  /** Nobody told: it was seen when looking, so `at` is when it was first seen. Absent = `at` is when it happened. */
  readonly source?: 'POLL';
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
  /** Keeps the entry unless one with its id is kept: answers whether it was new. Telling the same again changes nothing. @throws UnavailableError */
  readonly note: (entry: ShowLogEntry) => Promise<boolean>;
  /** Takes back an entry that turned out to be no news; one that is not there is none to take back. */
  readonly withdraw: (entry: Pick<ShowLogEntry, 'breakoutId' | 'at' | 'id'>) => Promise<void>;
  /** All of one breakout, the oldest first: what was noted before this call is in it. */
  readonly entries: (breakoutId: string) => Promise<readonly ShowLogEntry[]>;
  /** Of one breakout, the oldest first. */
  readonly list: (breakoutId: string, filter: ShowLogFilter, page: PageRequest) => Promise<Page<ShowLogEntry>>;
  /** Of all breakouts of an account, the oldest first; may lag a moment behind writes. */
  readonly listByAccount: (accountId: string, filter: ShowLogFilter, page: PageRequest) => Promise<Page<ShowLogEntry>>;
}
