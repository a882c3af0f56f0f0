import type { PriceTerms } from './price-terms.ts';

/** Keeps the versions of accounts' price terms. */
export interface PriceTermsStore {
  /** All versions of an account, from the first on: terms are agreed a few times in years. */
  versions(accountId: string): Promise<readonly PriceTerms[]>;
  /** Keeps a version. Answers false when its number is taken: nothing was written. */
  add(terms: PriceTerms): Promise<boolean>;
}
