import { allAccountIds } from '../../accounts/all-account-ids.ts';
import { priceBookOf } from '../../pricing/read-price-books.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import { monthOf } from '../calendar-month.ts';
import { isDerived } from '../own-lines/own-purposes.ts';
import { askedMonth } from '../reading/asked-period.ts';
import { mostRead, profilesUnder } from '../reading/profiles-under.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { findPrices } from './asked-prices.ts';
import { platformLinesAgain } from './own-lines-again.ts';
import { rerateAccountMonth, type OwnLinesRerated, type RerateLevelDeps } from './rerate-level.ts';
import { rerateProfiles, type ReratedProfile } from './rerated-profile.ts';
import { addReratings, type ReratingSum } from './rerating-sum.ts';
import { tiersAgain, type TiersAgain } from './tiers-again.ts';

/** What rating the platform again needs. */
export interface ReratePlatformDeps extends RerateLevelDeps {
  readonly usage: RerateLevelDeps['usage'] & Pick<UsageStore, 'accountUsage'>;
}

/** What is asked for: a price book, and a month, the present one unless told. */
export interface AskedPlatformPrices {
  readonly priceBook: string;
  readonly month?: string;
}

/** An account's month rated with other prices, as a part of the platform. */
export interface ReratedAccount {
  readonly accountId: string;
  readonly sum: ReratingSum;
  /** How many shows have usage in it. */
  readonly shows: number;
  readonly ownLines: OwnLinesRerated;
}

/** What no account bears, rated with other prices. */
export interface ReratedOverheads {
  readonly sum: ReratingSum;
  /** By purpose, own lines first. */
  readonly profiles: readonly ReratedProfile[];
  /** What the platform bears in profiles of accounts and their breakouts. */
  readonly ofAccounts: ReratingSum;
  readonly ownLines: OwnLinesRerated;
}

/** The platform's month rated with other prices: its accounts and its overheads sum to it. */
export interface ReratedPlatform {
  readonly month: string;
  readonly priceBookId: string;
  readonly sum: ReratingSum;
  readonly accounts: readonly ReratedAccount[];
  readonly overheads: ReratedOverheads;
}

const tooMany = (found: string): InvalidInputError => {
  const message = `is made of the lines of every show, and there are more than ${found}; up to ${mostRead} shows with usage are rated in one call: ask account by account`;
  return new InvalidInputError({ code: 'range-too-wide', message: `rating the platform's month again ${message}`, fields: [{ field: 'month', message }] });
};

/** Events and shows are looked for where something is booked; an account without any may have a minimum all the same. */
const headsOf = async (deps: ReratePlatformDeps, accountId: string, month: string): Promise<readonly ProfileHead[]> => {
  const { asOf } = await deps.usage.accountUsage(accountId, month);
  return asOf === undefined ? [] : profilesUnder(deps, { kind: 'ACCOUNT', accountId }, month, tooMany);
};

type AccountPart = ReratedAccount & { readonly platforms: ReratingSum };

const rerateAccount = async (deps: ReratePlatformDeps, accountId: string, heads: readonly ProfileHead[], tiers: TiersAgain): Promise<AccountPart> => {
  const prices = await findPrices(deps)(accountId, { priceBook: tiers.book.bookId });
  const { profiles, ownLines } = await rerateAccountMonth(deps.usage, { accountId, heads, prices }, tiers);
  return {
    accountId,
    sum: addReratings(profiles.map(({ sum }) => sum)),
    shows: profiles.filter(({ owner }) => owner.kind === 'BREAKOUT').length,
    ownLines,
    platforms: addReratings(profiles.map(({ platformSum }) => platformSum)),
  };
};

/** One account after the other, up to what one call reads. */
const rerateAccounts = async (deps: ReratePlatformDeps, month: string, tiers: TiersAgain): Promise<readonly AccountPart[]> => {
  const parts: AccountPart[] = [];
  let shows = 0;
  for (const accountId of await allAccountIds(deps.accounts)) {
    const heads = await headsOf(deps, accountId, month);
    shows += heads.filter(({ owner }) => owner.kind === 'BREAKOUT').length;
    if (shows > mostRead) throw tooMany(`${mostRead} shows with usage in ${month}`);
    parts.push(await rerateAccount(deps, accountId, heads, tiers));
  }
  return parts;
};

const rerateOverheads = async (deps: ReratePlatformDeps, month: string, tiers: TiersAgain, ofAccounts: ReratingSum): Promise<ReratedOverheads> => {
  const heads = await deps.usage.ownHeads(undefined, month);
  const measured = await rerateProfiles(deps.usage, heads.filter(({ owner }) => !isDerived(owner)), { book: tiers.book, termsFor: () => undefined });
  const own = await platformLinesAgain(deps.usage, heads.filter(({ owner }) => isDerived(owner)), tiers);
  const profiles = [...own, ...measured];
  return { sum: addReratings([...profiles.map(({ sum }) => sum), ofAccounts]), profiles, ofAccounts, ownLines: { state: tiers.state, impossible: tiers.impossible, profiles: own } };
};

/**
 * What the whole platform used in a month (the present one unless told) as another price book rates the same quantities, by
 * the terms that each account is charged by: accounts and overheads sum to it, to the last digit. A read: what is booked stays.
 * @throws NotFoundError, InvalidInputError when it has more shows than one call rates, UnavailableError
 */
export const reratePlatform =
  (deps: ReratePlatformDeps) =>
  async ({ month: asked, priceBook }: AskedPlatformPrices): Promise<ReratedPlatform> => {
    const month = asked === undefined ? monthOf(deps.now()) : askedMonth(asked, deps.now());
    const tiers = await tiersAgain(deps)(month, await priceBookOf(deps)(priceBook));
    const parts = await rerateAccounts(deps, month, tiers);
    const overheads = await rerateOverheads(deps, month, tiers, addReratings(parts.map(({ platforms }) => platforms)));
    const accounts = parts.map(({ platforms: _platforms, ...account }) => account);
    return { month, priceBookId: tiers.book.bookId, sum: addReratings([...accounts.map(({ sum }) => sum), overheads.sum]), accounts, overheads };
  };
