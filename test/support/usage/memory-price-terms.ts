import { termsIdOf, type PriceTerms } from '../../../lambda/domain/pricing/terms/price-terms.ts';
import type { PriceTermsStore } from '../../../lambda/domain/pricing/terms/price-terms-store.ts';
import { itemIds } from './ids.ts';

/** Terms without an agreement, in force since 2026-11-01. */
export const somePriceTerms = (overrides: Partial<PriceTerms> = {}): PriceTerms => {
  const { accountId = itemIds.account, version = 1 } = overrides;
  const start = '2026-11-01T00:00:00.000Z';
  return { termsId: termsIdOf(accountId, version), accountId, version, effectiveFrom: start, setAt: start, setBy: 'operator', markUpPercent: {}, flatUsd: {}, ...overrides };
};

/** Keeps price terms in memory. */
export const memoryPriceTerms = (...kept: PriceTerms[]): PriceTermsStore => ({
  versions: async (accountId) => kept.filter((terms) => terms.accountId === accountId).sort((one, other) => one.version - other.version),
  add: async (terms) => {
    if (kept.some(({ termsId }) => termsId === terms.termsId)) return false;
    kept.push(terms);
    return true;
  },
});
