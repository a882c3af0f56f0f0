import { InvalidInputError } from '../../shared/errors.ts';
import { monthOf } from '../calendar-month.ts';
import { isDerived } from '../own-lines/own-purposes.ts';
import { askedMonth } from '../reading/asked-period.ts';
import { mostRead, profilesUnder, type ProfilesUnderDeps } from '../reading/profiles-under.ts';
import type { UsageSubject } from '../reading/usage-subject.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { findPrices, type AskedPrices, type AskedPricesDeps, type FoundPrices } from './asked-prices.ts';
import { accountLinesAgain } from './own-lines-again.ts';
import { rerateProfiles, type ReratedOwnProfile, type ReratedProfile } from './rerated-profile.ts';
import { addReratings, type ReratingSum } from './rerating-sum.ts';
import { tiersAgain, type OwnLinesState, type TiersAgain, type TiersAgainDeps } from './tiers-again.ts';

/** What rating an event or an account again needs. */
export interface RerateLevelDeps extends AskedPricesDeps, ProfilesUnderDeps, TiersAgainDeps {
  readonly usage: ProfilesUnderDeps['usage'] & TiersAgainDeps['usage'] & Pick<UsageStore, 'lines'>;
  readonly books: AskedPricesDeps['books'] & TiersAgainDeps['books'];
}

/** What an account bears itself, rated with other prices. */
export interface OwnLinesRerated {
  readonly state: OwnLinesState;
  /** Why the other book has no volume tiers for the month; undefined when it has. */
  readonly impossible: string | undefined;
  readonly profiles: readonly ReratedOwnProfile[];
}

/** The month of an event or an account rated with other prices, profile by profile. */
export interface ReratedLevel {
  readonly month: string;
  readonly priceBookId: string;
  readonly sum: ReratingSum;
  /** All of it, own lines first. */
  readonly profiles: readonly ReratedProfile[];
  /** Undefined for an event, which has none. */
  readonly ownLines: OwnLinesRerated | undefined;
}

const tooMany = (found: string): InvalidInputError => {
  const message = `is made of the lines of every show, and there are more than ${found}; up to ${mostRead} shows with usage are rated in one call: ask for its events, or breakout by breakout`;
  return new InvalidInputError({ code: 'range-too-wide', message: `rating this month again ${message}`, fields: [{ field: 'month', message }] });
};

/** The profiles of an account's month rated with other prices, with its own lines as they follow from that. */
export const rerateAccountMonth = async (
  usage: Pick<UsageStore, 'lines'>,
  { accountId, heads, prices }: { readonly accountId: string; readonly heads: readonly ProfileHead[]; readonly prices: FoundPrices },
  tiers: TiersAgain,
): Promise<{ readonly profiles: readonly ReratedProfile[]; readonly ownLines: OwnLinesRerated }> => {
  const measured = await rerateProfiles(usage, heads.filter(({ owner }) => !isDerived(owner)), prices);
  const own = await accountLinesAgain(usage, { accountId, heads: heads.filter(({ owner }) => isDerived(owner)), prices }, tiers, measured);
  return { profiles: [...own, ...measured], ownLines: { state: tiers.state, impossible: tiers.impossible, profiles: own } };
};

/**
 * What an event or an account used in a month (the present one unless told) as another price book rates the same
 * quantities, an account with what it bears itself; children sum to the whole. A read: what is booked stays.
 * @throws NotFoundError, InvalidInputError when it has more shows than one call rates, UnavailableError
 */
export const rerateLevel =
  (deps: RerateLevelDeps) =>
  async (subject: Extract<UsageSubject, { kind: 'EVENT' | 'ACCOUNT' }>, { month: asked, ...again }: AskedPrices & { readonly month?: string }): Promise<ReratedLevel> => {
    const month = asked === undefined ? monthOf(deps.now()) : askedMonth(asked, deps.now());
    const prices = await findPrices(deps)(subject.accountId, again);
    const heads = await profilesUnder(deps, subject, month, tooMany);
    const { accountId } = subject;
    const { profiles, ownLines } =
      subject.kind === 'ACCOUNT'
        ? await rerateAccountMonth(deps.usage, { accountId, heads, prices }, await tiersAgain(deps)(month, prices.book))
        : { profiles: await rerateProfiles(deps.usage, heads, prices), ownLines: undefined };
    return { month, priceBookId: prices.book.bookId, sum: addReratings(profiles.map(({ sum }) => sum)), profiles, ownLines };
  };
