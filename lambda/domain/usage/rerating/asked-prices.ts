import { priceBookOf, type ReadPriceBooksDeps } from '../../pricing/read-price-books.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { PriceTerms } from '../../pricing/terms/price-terms.ts';
import type { PriceTermsStore } from '../../pricing/terms/price-terms-store.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { termsOfMonth } from '../own-lines/minimum-top-up.ts';
import type { ProfileHead } from '../usage-profile.ts';

/** What finding other prices needs. */
export interface AskedPricesDeps extends Pick<ReadPriceBooksDeps, 'books'> {
  readonly terms: Pick<PriceTermsStore, 'versions'>;
}

/** What usage is to be rated with again. */
export interface AskedPrices {
  readonly priceBook: string;
  /** A version of the account's price terms, 0 = none; absent = those that each profile is booked with. */
  readonly terms?: number;
}

/** The book that is asked for, and the terms for each profile of the account. */
export interface FoundPrices {
  readonly book: PriceBook;
  readonly termsFor: (head: ProfileHead) => PriceTerms | undefined;
  /** Those that own lines of a month are charged by, which are not booked yet, and that minimums go by. */
  readonly termsOfMonth: (month: string) => PriceTerms | undefined;
}

const versionOf = (versions: readonly PriceTerms[], accountId: string, version: number): PriceTerms | undefined => {
  if (version === 0) return undefined;
  const found = versions.find((one) => one.version === version);
  if (found) return found;
  const allowed = versions.length === 0 ? '0, which is none' : `0, which is none, to ${versions.length}`;
  const message = `account ${accountId} has no price terms of version ${version}, expected ${allowed}: GET /accounts/${accountId}/price-terms has them`;
  throw new NotFoundError({ code: 'price-terms-not-found', message, details: { accountId, version } });
};

/** Finds the book and the terms that are asked for. @throws NotFoundError */
export const findPrices =
  (deps: AskedPricesDeps) =>
  async (accountId: string, { priceBook, terms: version }: AskedPrices): Promise<FoundPrices> => {
    const [book, versions] = await Promise.all([priceBookOf(deps)(priceBook), deps.terms.versions(accountId)]);
    if (version === undefined) return { book, termsFor: ({ priceTermsId }) => versions.find(({ termsId }) => termsId === priceTermsId), termsOfMonth: (month) => termsOfMonth(versions, month) };
    const terms = versionOf(versions, accountId, version);
    return { book, termsFor: () => terms, termsOfMonth: () => terms };
  };
