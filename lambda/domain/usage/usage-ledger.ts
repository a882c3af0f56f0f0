import type { Page, PageRequest } from '../shared/page.ts';
import type { Measures } from './measures.ts';
import type { MeteredTotals } from './metered-totals.ts';
import type { ProfileOwner } from './profile-owner.ts';
import type { ProfileStatus } from './usage-profile.ts';

/** One move of a profile, kept for good: what it added, where, and by which prices. */
export interface LedgerEntry {
  /** When it was booked, ISO 8601 UTC with milliseconds. */
  readonly bookedAt: string;
  readonly owner: ProfileOwner;
  /** The charge period: the UTC month that the usage is of. */
  readonly month: string;
  /** The month that bills it: another than the charge period for a correction of a month that was closed. Absent for the platform's overheads. */
  readonly billingMonth?: string;
  readonly version: number;
  readonly status: ProfileStatus;
  /** Signed, for the owner and every level above. */
  readonly difference: Measures;
  /** Signed, for the platform's overheads. */
  readonly platformDifference: Measures;
  readonly meteredDifference: MeteredTotals;
  readonly platformMeteredDifference: MeteredTotals;
  readonly priceBookId?: string;
  readonly priceTermsId?: string;
}

/** What an account is billed in a UTC month: all that was booked there, of whatever charge period. */
export interface BillingMonth {
  readonly month: string;
  readonly measures: Measures;
  /** When the newest of it was measured; absent while nothing is booked. */
  readonly asOf?: string;
  /** When it was frozen; absent while it is open. */
  readonly closedAt?: string;
}

/** A profile that a billing month waits for. */
export interface OpenProfile {
  readonly owner: ProfileOwner;
  readonly month: string;
  readonly status: ProfileStatus;
}

/** The books over the profiles: what was booked when, and in which month it is billed. */
export interface UsageLedger {
  /** Every billing month of an account from this one on that something was booked in, or that is closed; by month. */
  billingMonths(accountId: string, from: string): Promise<readonly BillingMonth[]>;
  /** A billing month; open and empty when nothing was booked in it. One item read. */
  billing(accountId: string, month: string): Promise<BillingMonth>;
  /**
   * Freezes a billing month unless it is frozen already, or provisional or accruing profiles are booked in it: answers
   * false then. No move is booked in it from then on. @throws UnavailableError
   */
  closeBilling(accountId: string, month: string, closedAt: string): Promise<boolean>;
  /** Provisional and accruing profiles that are booked in a billing month, at most `limit`. */
  openProfiles(accountId: string, billingMonth: string, limit: number): Promise<readonly OpenProfile[]>;
  /** What a billing month has of other charge periods, oldest booking first. */
  corrections(accountId: string, billingMonth: string, page: PageRequest): Promise<Page<LedgerEntry>>;
  /** What was booked for an account, or without one for what no account bears, after an instant (ISO 8601), oldest first, at most `limit`. */
  entriesAfter(accountId: string | undefined, at: string, limit: number): Promise<readonly LedgerEntry[]>;
}
