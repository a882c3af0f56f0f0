import type { AccountStore } from '../../accounts/account-store.ts';
import { type Caller, visibleTo } from '../../shared/caller.ts';
import { invalidFields } from '../../shared/interval.ts';
import { requireRevision, untilSaved } from '../../shared/revision.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import { agreementProblems } from './check-agreement.ts';
import { termsIdOf, type Agreement, type PriceTerms } from './price-terms.ts';
import type { PriceTermsStore } from './price-terms-store.ts';

/** What setting price terms needs. */
export interface SetPriceTermsDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly terms: PriceTermsStore;
  readonly now: Now;
}

/** New terms for an account. */
export interface SetPriceTermsCommand {
  readonly caller: Caller;
  readonly accountId: string;
  readonly agreement: Agreement;
  /** ISO 8601 UTC. @default now */
  readonly effectiveFrom?: string;
  /** The version that the new one is to follow; 0 = there is none. */
  readonly expectedRevision?: number;
}

const checkedStart = (effectiveFrom: string | undefined, now: string): string => {
  if (effectiveFrom === undefined) return now;
  if (effectiveFrom >= now) return effectiveFrom;
  throw invalidFields('terms-in-past', [{ field: '/effectiveFrom', message: `is ${effectiveFrom}, expected ${now} or later: what was used before is charged by the terms that held then` }]);
};

/**
 * Keeps new price terms of an account as its next version. They take the place of all versions before from when they
 * are effective, and never touch what was used before that.
 * @throws NotFoundError, InvalidInputError, ConflictError `revision-mismatch`
 */
export const setPriceTerms =
  ({ accounts, terms, now }: SetPriceTermsDeps) =>
  async ({ caller, accountId, agreement, effectiveFrom, expectedRevision }: SetPriceTermsCommand): Promise<PriceTerms> => {
    const problems = agreementProblems(agreement);
    if (problems.length > 0) throw invalidFields('invalid-price-terms', problems);
    visibleTo(caller, 'account', accountId, await accounts.get(accountId));
    return untilSaved(`price terms of ${accountId}`, async () => {
      const latest = (await terms.versions(accountId)).at(-1)?.version ?? 0;
      requireRevision(latest, expectedRevision);
      const setAt = timestamp(now());
      const version = latest + 1;
      const next: PriceTerms = { ...agreement, termsId: termsIdOf(accountId, version), accountId, version, effectiveFrom: checkedStart(effectiveFrom, setAt), setAt, setBy: caller.subject };
      return (await terms.add(next)) ? next : undefined;
    });
  };
