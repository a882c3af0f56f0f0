import type { AccountStore } from '../../accounts/account-store.ts';
import { getAccount } from '../../accounts/read-accounts.ts';
import type { Caller } from '../../shared/caller.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import { termsInForce, type PriceTerms } from './price-terms.ts';
import type { PriceTermsStore } from './price-terms-store.ts';

/** What reading price terms needs. */
export interface ReadPriceTermsDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly terms: Pick<PriceTermsStore, 'versions'>;
  readonly now: Now;
}

/** An account's price terms. */
export interface AccountTerms {
  readonly accountId: string;
  /** The version that holds now; null = the customer pays what it costs. */
  readonly inForce: string | null;
  /** From the first on. */
  readonly versions: readonly PriceTerms[];
}

/** An account's price terms of all times. @throws NotFoundError */
export const readPriceTerms =
  ({ accounts, terms, now }: ReadPriceTermsDeps) =>
  async (caller: Caller, asked: string): Promise<AccountTerms> => {
    const { accountId } = await getAccount({ accounts })(caller, asked);
    const versions = await terms.versions(accountId);
    return { accountId, inForce: termsInForce(versions, timestamp(now()))?.termsId ?? null, versions };
  };
