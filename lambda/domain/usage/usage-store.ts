import type { Page, PageRequest } from '../shared/page.ts';
import type { Measures } from './measures.ts';
import type { MeteredTotals } from './metered-totals.ts';
import type { OwnLineMonths } from './own-lines/own-line-months.ts';
import type { ProfileRef } from './profile-owner.ts';
import type { ProfileHead } from './usage-profile.ts';
import type { UsageLedger } from './usage-ledger.ts';
import type { RawSeries, UsageLine } from './usage-line.ts';

/** A UTC month, or all of them. */
export type UsagePeriod = string;

/** The period that stands for all months. */
export const allMonths: UsagePeriod = 'TOTAL';

/** What is booked at one level for one period. */
export interface UsageLevel {
  readonly measures: Measures;
  /** When the newest of it was measured; absent while nothing is booked. */
  readonly asOf?: string;
}

/** A move of a profile's head, with what has to be added to every level above it. */
export interface HeadMove {
  readonly head: ProfileHead;
  readonly series: readonly RawSeries[];
  /** Signed, for the owner's total and every level above it. */
  readonly difference: Measures;
  /** Signed, for the platform's overheads and the platform. */
  readonly platformDifference: Measures;
  /** Signed, for the owner's account and the platform. */
  readonly meteredDifference: MeteredTotals;
  /** Signed, for the platform. */
  readonly platformMeteredDifference: MeteredTotals;
  /** When it is booked, ISO 8601 UTC with milliseconds. */
  readonly bookedAt: string;
  /** The account's month that bills it; absent for the platform's overheads. */
  readonly billingMonth?: string;
}

/** Keeps usage: versions of profiles, their lines, the levels that they roll up into, and the books over them. Every read of a level is one item. */
export interface UsageStore extends UsageLedger, OwnLineMonths {
  head(owner: ProfileRef, month: string): Promise<ProfileHead | undefined>;
  /** Of every month that a breakout has usage in, by month. */
  heads(breakoutId: string): Promise<readonly ProfileHead[]>;
  /** Of the lines that an account bears itself in a month, the platform where no account is given; by purpose. */
  ownHeads(accountId: string | undefined, month: string): Promise<readonly ProfileHead[]>;
  /** Writes the lines of a version under its number and fingerprint, where no reader looks until the head names them. */
  writeLines(head: ProfileHead, lines: readonly UsageLine[]): Promise<void>;
  /**
   * In one transaction: keeps the version, moves the head from the version before, adds the differences to every level
   * and to the billing month, counts itself among the month's bookings, and enters it in the ledger. Answers false when the head was elsewhere or the billing
   * month has been closed: nothing was written. @throws UnavailableError
   */
  move(move: HeadMove): Promise<boolean>;
  /** Lines of the version that the head names, by key. */
  lines(head: ProfileHead, page: PageRequest): Promise<Page<UsageLine>>;
  breakoutUsage(breakoutId: string, period: UsagePeriod): Promise<UsageLevel>;
  eventUsage(eventId: string, period: UsagePeriod): Promise<UsageLevel>;
  accountUsage(accountId: string, period: UsagePeriod): Promise<UsageLevel>;
  /** All accounts and the overheads. */
  platformUsage(period: UsagePeriod): Promise<UsageLevel>;
  /** What no account bears. */
  overheads(period: UsagePeriod): Promise<UsageLevel>;
  /** What an account's lines of a month count towards volume tiers; everything's where no account is given. */
  metered(accountId: string | undefined, month: string): Promise<MeteredTotals>;
}
