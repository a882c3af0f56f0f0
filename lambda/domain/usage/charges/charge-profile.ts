import { termsInForce, type PriceTerms } from '../../pricing/terms/price-terms.ts';
import type { PriceTermsStore } from '../../pricing/terms/price-terms-store.ts';
import { accountOf } from '../profile-owner.ts';
import type { UsageLine } from '../usage-line.ts';
import type { MeasuredProfile, ProfileHead } from '../usage-profile.ts';
import { chargedLines } from './charged-lines.ts';

/** What charging needs. */
export interface ChargeDeps {
  readonly terms: Pick<PriceTermsStore, 'versions'>;
}

/** A month's usage of an account before it is charged. */
export interface ChargeableUsage {
  readonly accountId: string;
  readonly lines: readonly UsageLine[];
  /** What is booked of it already: its terms hold on. */
  readonly head?: Pick<ProfileHead, 'priceTermsId'> | undefined;
}

const startOf = (lines: readonly UsageLine[]): string | undefined =>
  lines.map(({ periodStart }) => periodStart).reduce<string | undefined>((first, one) => (first !== undefined && first < one ? first : one), undefined);

/**
 * The terms that a month's usage is charged by: those that it is charged by already, else those that held when it
 * began. Terms are not set for the past, so that it does not matter when it is measured.
 */
export const termsOf =
  ({ terms }: ChargeDeps) =>
  async ({ accountId, lines, head }: ChargeableUsage): Promise<PriceTerms | undefined> => {
    const start = startOf(lines);
    if (head !== undefined && head.priceTermsId === undefined) return undefined;
    if (head === undefined && start === undefined) return undefined;
    const versions = await terms.versions(accountId);
    return head === undefined ? termsInForce(versions, start ?? '') : versions.find(({ termsId }) => termsId === head.priceTermsId);
  };

/** A profile with its lines charged by the account's terms; what the platform bears is charged to nobody. */
export const chargedProfile =
  (deps: ChargeDeps) =>
  async (profile: MeasuredProfile, head: ProfileHead | undefined): Promise<MeasuredProfile> => {
    const accountId = accountOf(profile.owner);
    const terms = accountId === undefined ? undefined : await termsOf(deps)({ accountId, lines: profile.lines, head });
    const { priceTermsId: _before, ...rest } = profile;
    return { ...rest, lines: chargedLines(profile.lines, terms), ...(terms ? { priceTermsId: terms.termsId } : {}) };
  };
