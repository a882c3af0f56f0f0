import type { PriceBook } from '../../pricing/price-book.ts';
import type { PriceTerms } from '../../pricing/terms/price-terms.ts';
import type { ProfileOwner } from '../profile-owner.ts';
import { allLines } from '../reading/all-lines.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { comparedLines, keptLines, type ComparedLine } from './compared-line.ts';
import { isLost, reratingSum, type ReratingSum } from './rerating-sum.ts';

/** A profile of a level rated with other prices. */
export interface ReratedProfile {
  readonly owner: ProfileOwner;
  /** Undefined for own lines that are not booked. */
  readonly head: ProfileHead | undefined;
  readonly priceTermsId: string | undefined;
  /** Of what its owner bears. */
  readonly sum: ReratingSum;
  /** Of what the platform bears in a breakout's or an account's profile. */
  readonly platformSum: ReratingSum;
  /** How many lines have a price as they are booked, and none in the other book. */
  readonly lostLines: number;
}

/** A profile that follows from others, with its lines. */
export interface ReratedOwnProfile extends ReratedProfile {
  readonly compared: readonly ComparedLine[];
}

/** The sums of a profile's lines. */
export const profileOf = (owner: ProfileOwner, head: ProfileHead | undefined, terms: PriceTerms | undefined, compared: readonly ComparedLine[]): ReratedOwnProfile => ({
  owner,
  head,
  priceTermsId: terms?.termsId,
  sum: reratingSum(compared, owner.kind),
  platformSum: reratingSum(owner.kind === 'PLATFORM' ? [] : compared, 'PLATFORM'),
  lostLines: compared.filter((one) => one.line.owner === owner.kind && isLost(one)).length,
  compared,
});

/** What a profile is rated with again. */
export interface ProfilePrices {
  readonly book: PriceBook;
  readonly termsFor: (head: ProfileHead) => PriceTerms | undefined;
}

/** Versions of some hundreds of lines each. */
const readersAtOnce = 10;

/** A profile that was measured, rated with other prices, line by line; what an account has beside its own lines stays as it is. */
export const rerateLines = async (usage: Pick<UsageStore, 'lines'>, head: ProfileHead, { book, termsFor }: ProfilePrices): Promise<ReratedOwnProfile> => {
  const lines = await allLines(usage, head);
  const terms = termsFor(head);
  return profileOf(head.owner, head, terms, head.owner.kind === 'ACCOUNT' ? keptLines(lines) : comparedLines(lines, { book, terms }));
};

const rerateProfile = async (...parameters: Parameters<typeof rerateLines>): Promise<ReratedProfile> => {
  const { compared: _compared, ...profile } = await rerateLines(...parameters);
  return profile;
};

/** The sums of profiles that were measured, rated with other prices. */
export const rerateProfiles = async (usage: Pick<UsageStore, 'lines'>, heads: readonly ProfileHead[], prices: ProfilePrices): Promise<readonly ReratedProfile[]> => {
  const profiles: ReratedProfile[] = [];
  for (let from = 0; from < heads.length; from += readersAtOnce) {
    profiles.push(...(await Promise.all(heads.slice(from, from + readersAtOnce).map((head) => rerateProfile(usage, head, prices)))));
  }
  return profiles;
};
