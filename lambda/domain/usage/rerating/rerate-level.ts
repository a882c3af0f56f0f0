import { InvalidInputError } from '../../shared/errors.ts';
import type { Now } from '../../shared/time.ts';
import { monthOf } from '../calendar-month.ts';
import { allLines } from '../reading/all-lines.ts';
import { askedMonth } from '../reading/asked-period.ts';
import { mostRead, profilesUnder, type ProfilesUnderDeps } from '../reading/profiles-under.ts';
import type { UsageSubject } from '../reading/usage-subject.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { findPrices, type AskedPrices, type AskedPricesDeps, type FoundPrices } from './asked-prices.ts';
import { comparedLines, keptLines } from './compared-line.ts';
import { addReratings, reratingSum, type ReratingSum } from './rerating-sum.ts';

/** What rating an event or an account again needs. */
export interface RerateLevelDeps extends AskedPricesDeps, ProfilesUnderDeps {
  readonly usage: ProfilesUnderDeps['usage'] & Pick<UsageStore, 'lines'>;
  readonly now: Now;
}

/** A profile of a level rated with other prices. */
export interface ReratedProfile {
  readonly head: ProfileHead;
  readonly priceTermsId: string | undefined;
  readonly sum: ReratingSum;
}

/** The month of an event or an account rated with other prices, profile by profile. */
export interface ReratedLevel {
  readonly month: string;
  readonly priceBookId: string;
  readonly sum: ReratingSum;
  readonly profiles: readonly ReratedProfile[];
}

/** Versions of some hundreds of lines each. */
const readersAtOnce = 10;

const tooMany = (found: string): InvalidInputError => {
  const message = `is made of the lines of every show, and there are more than ${found}; up to ${mostRead} shows with usage are rated in one call: ask for its events, or breakout by breakout`;
  return new InvalidInputError({ code: 'range-too-wide', message: `rating this month again ${message}`, fields: [{ field: 'month', message }] });
};

/** An account's own lines stay as they are booked: they are of its whole month, and of no book alone. */
const rerateProfile = async (usage: Pick<UsageStore, 'lines'>, head: ProfileHead, { book, termsFor }: FoundPrices): Promise<ReratedProfile> => {
  const lines = await allLines(usage, head);
  const terms = termsFor(head);
  const compared = head.owner.kind === 'BREAKOUT' ? comparedLines(lines, { book, terms }) : keptLines(lines);
  return { head, priceTermsId: terms?.termsId, sum: reratingSum(compared, head.owner.kind) };
};

/**
 * What an event or an account used in a month (the present one unless told) as another price book rates the same
 * quantities; children sum to the whole. A read: what is booked stays.
 * @throws NotFoundError, InvalidInputError when it has more shows than one call rates
 */
export const rerateLevel =
  (deps: RerateLevelDeps) =>
  async (subject: Extract<UsageSubject, { kind: 'EVENT' | 'ACCOUNT' }>, { month: asked, ...prices }: AskedPrices & { readonly month?: string }): Promise<ReratedLevel> => {
    const month = asked === undefined ? monthOf(deps.now()) : askedMonth(asked, deps.now());
    const found = await findPrices(deps)(subject.accountId, prices);
    const heads = await profilesUnder(deps, subject, month, tooMany);
    const profiles: ReratedProfile[] = [];
    for (let from = 0; from < heads.length; from += readersAtOnce) {
      profiles.push(...(await Promise.all(heads.slice(from, from + readersAtOnce).map((head) => rerateProfile(deps.usage, head, found)))));
    }
    return { month, priceBookId: found.book.bookId, sum: addReratings(profiles.map(({ sum }) => sum)), profiles };
  };
