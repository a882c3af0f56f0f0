import type { PriceTerms } from '../../pricing/terms/price-terms.ts';
import { chargedLines } from '../charges/charged-lines.ts';
import { minimumLines, unknownMinimumLines } from '../own-lines/minimum-top-up.ts';
import { ownPurposes } from '../own-lines/own-purposes.ts';
import { skuOfTierLine, tierAdjustmentLine, unknownTierLine } from '../own-lines/tier-adjustment-line.ts';
import type { ProfileOwner } from '../profile-owner.ts';
import { allLines } from '../reading/all-lines.ts';
import type { UsageLine } from '../usage-line.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import type { FoundPrices } from './asked-prices.ts';
import { besideEachOther } from './compared-line.ts';
import { profileOf, type ReratedOwnProfile, type ReratedProfile } from './rerated-profile.ts';
import type { TiersAgain } from './tiers-again.ts';

type Usage = Pick<UsageStore, 'lines'>;

/** What rating own lines again goes by: the heads of those that are booked, and the terms that they are charged by. */
export interface OwnLinesBooked {
  readonly accountId: string;
  readonly heads: readonly ProfileHead[];
  readonly prices: Pick<FoundPrices, 'termsFor' | 'termsOfMonth'>;
}

const ofPurpose = (heads: readonly ProfileHead[], purpose: string): ProfileHead | undefined => heads.find(({ owner }) => owner.kind !== 'BREAKOUT' && owner.purpose === purpose);

const linesOf = async (usage: Usage, head: ProfileHead | undefined): Promise<readonly UsageLine[]> => (head ? allLines(usage, head) : []);

/** A line of which it is not known what it would come to. */
const unknown = ({ nanoUsd: _cost, chargeNanoUsd: _charge, chargedBy: _by, billable: _billable, rounding: _rounding, ...line }: UsageLine, unpriced: string): UsageLine => ({ ...line, notes: [], adds: {}, unpriced });

const tierLinesAgain = (owner: 'ACCOUNT' | 'PLATFORM', accountId: string | undefined, was: readonly UsageLine[], { of, month, asOf, book, impossible }: TiersAgain): readonly UsageLine[] => {
  if (impossible !== undefined) return was.map((line) => unknown(line, impossible));
  const { adjustments, unrated } = of(accountId);
  const missing = new Set(unrated.map(({ sku }) => sku));
  const reason = (sku: string): string => `price book ${book.bookId} has no rate of SKU ${sku}: what its volume tiers take off is not known`;
  const lost = was.filter((line) => missing.has(skuOfTierLine(line)));
  const named = new Set(lost.map(skuOfTierLine));
  return [
    ...adjustments.map((adjustment) => tierAdjustmentLine(adjustment, { owner, month, asOf })),
    ...lost.map((line) => unknown(line, reason(skuOfTierLine(line)))),
    ...unrated.filter(({ sku }) => !named.has(sku)).map((rate) => unknownTierLine(rate, { owner, month, asOf }, reason(rate.sku))),
  ];
};

const tiersProfile = async (usage: Usage, owner: Exclude<ProfileOwner, { kind: 'BREAKOUT' }>, head: ProfileHead | undefined, terms: PriceTerms | undefined, tiers: TiersAgain): Promise<ReratedOwnProfile> => {
  const was = await linesOf(usage, head);
  const again = tierLinesAgain(owner.kind, owner.kind === 'ACCOUNT' ? owner.accountId : undefined, was, tiers);
  return profileOf(owner, head, terms, besideEachOther(was, chargedLines(again, terms)));
};

/** Why it is not known what an account is charged with other prices; undefined when it is. */
const unknownCharge = ({ impossible }: TiersAgain, others: readonly ReratedProfile[]): string | undefined => {
  if (impossible !== undefined) return impossible;
  const lost = others.reduce((sum, { lostLines }) => sum + lostLines, 0);
  return lost === 0 ? undefined : `what the account is charged with these prices is not known: ${lost} line${lost === 1 ? ' has' : 's have'} no price in this book`;
};

const minimumProfile = async (usage: Usage, { accountId, heads, prices }: OwnLinesBooked, tiers: TiersAgain, others: readonly ReratedProfile[]): Promise<ReratedOwnProfile> => {
  const head = ofPurpose(heads, ownPurposes.minimum);
  const { month, asOf } = tiers;
  const terms = prices.termsOfMonth(month);
  const charged = others.reduce((sum, one) => sum + one.sum.is.chargeNanoUsd, 0n);
  const reason = unknownCharge(tiers, others);
  const again = reason === undefined ? minimumLines(charged, terms, { month, asOf }) : unknownMinimumLines(terms, { month, asOf }, reason);
  return profileOf({ kind: 'ACCOUNT', accountId, purpose: ownPurposes.minimum }, head, terms, besideEachOther(await linesOf(usage, head), again));
};

const isThere = ({ head, compared }: ReratedOwnProfile): boolean => head !== undefined || compared.length > 0;

/** Own lines are compared where they are booked, or should be. */
const areCompared = ({ state }: TiersAgain, heads: readonly ProfileHead[]): boolean => state !== 'NOT_YET' || heads.length > 0;

/**
 * What an account bears itself of a month, as it is booked and as other prices make it: volume tiers of everybody's month, and
 * what is missing to the minimum when `others`, everything else of the account, are charged so. What cannot be known is a
 * line without a price, with the reason.
 */
export const accountLinesAgain = async (usage: Usage, booked: OwnLinesBooked, tiers: TiersAgain, others: readonly ReratedProfile[]): Promise<readonly ReratedOwnProfile[]> => {
  const { accountId, heads, prices } = booked;
  if (!areCompared(tiers, heads)) return [];
  const head = ofPurpose(heads, ownPurposes.tierAdjustment);
  const ofTiers = await tiersProfile(usage, { kind: 'ACCOUNT', accountId, purpose: ownPurposes.tierAdjustment }, head, head ? prices.termsFor(head) : prices.termsOfMonth(tiers.month), tiers);
  const ofMinimum = await minimumProfile(usage, booked, tiers, [...others, ofTiers]);
  return [ofTiers, ofMinimum].filter(isThere);
};

/** What the platform bears of a month's volume tiers, likewise. */
export const platformLinesAgain = async (usage: Usage, heads: readonly ProfileHead[], tiers: TiersAgain): Promise<readonly ReratedOwnProfile[]> => {
  if (!areCompared(tiers, heads)) return [];
  const { tierAdjustment: purpose } = ownPurposes;
  return [await tiersProfile(usage, { kind: 'PLATFORM', purpose }, ofPurpose(heads, purpose), undefined, tiers)].filter(isThere);
};
