import type { Page, PageRequest } from '../shared/page.ts';
import type { ProfileRef } from './profile-owner.ts';
import type { RawSeries } from './usage-line.ts';
import type { ProfileHead } from './usage-profile.ts';

/** A version of a profile as it was booked, with the series that its lines were summed from. Kept for good. */
export interface ProfileVersion {
  readonly head: ProfileHead;
  readonly series: readonly RawSeries[];
}

/** A level whose months are asked for. */
export type LevelRef = { readonly kind: 'EVENT'; readonly eventId: string } | { readonly kind: 'ACCOUNT'; readonly accountId: string } | { readonly kind: 'PLATFORM' };

/** Reads the versions of profiles, and what there is of them. */
export interface UsageHistory {
  /** Of a breakout, in a month where one is given; by month, each from the first on. `after` is `<month>#<version>`. */
  versions(breakoutId: string, page: PageRequest, month?: string): Promise<Page<ProfileVersion>>;
  /** The UTC months in which something of an event, an account or the platform is booked, in order. */
  months(level: LevelRef): Promise<readonly string[]>;
  version(owner: ProfileRef, month: string, version: number): Promise<ProfileVersion | undefined>;
}
