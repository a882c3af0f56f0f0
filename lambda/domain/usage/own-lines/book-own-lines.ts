import { allAccountIds } from '../../accounts/all-account-ids.ts';
import { bookDerived, type BookProfileDeps } from '../book-profile.ts';
import { isoTime } from '../calendar-month.ts';
import { chargedProfile, type ChargeDeps } from '../charges/charge-profile.ts';
import type { ProfileOwner } from '../profile-owner.ts';
import type { MeasuredProfile, ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { chargedBeside, minimumLines, termsOfMonth } from './minimum-top-up.ts';
import { readMonthQuantities, type MonthQuantitiesDeps } from './month-quantities.ts';
import { monthRates, type MonthRatesDeps } from './month-rates.ts';
import { ownPurposes } from './own-purposes.ts';
import { tierAdjustmentLine } from './tier-adjustment-line.ts';
import { tierAdjustments, type TierAdjustment } from './tier-adjustments.ts';

/** What booking own lines needs. */
export interface BookOwnLinesDeps extends ChargeDeps, MonthQuantitiesDeps, MonthRatesDeps {
  readonly usage: BookProfileDeps['usage'] & Pick<UsageStore, 'metered' | 'accountUsage'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What the volume tiers made of a month when it was looked at. */
interface TiersOfMonth {
  readonly month: string;
  /** From when on quantities were read, ISO 8601. */
  readonly asOf: string;
  readonly holders: readonly { readonly accountId: string | undefined; readonly adjustments: readonly TierAdjustment[] }[];
}

const atOnce = 10;

const readTiers = async (deps: BookOwnLinesDeps, month: string, accountIds: readonly string[]): Promise<TiersOfMonth> => {
  const asOf = isoTime(deps.now());
  const holders = await readMonthQuantities(deps)(accountIds, month);
  const adjustments = tierAdjustments(holders, await monthRates(deps)(holders, month));
  return { month, asOf, holders: holders.map(({ accountId }, index) => ({ accountId, adjustments: adjustments[index] ?? [] })) };
};

/** Does all, some at once; what fails keeps nothing else from being done. @throws the first failure, when all have ended */
const doAll = async <Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> => {
  const failures: unknown[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    const ended = await Promise.allSettled(items.slice(start, start + atOnce).map(act));
    failures.push(...ended.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : [])));
  }
  if (failures.length > 0) throw failures[0];
};

const bookProfileOf = ({ usage, now }: BookOwnLinesDeps) => bookDerived({ usage, now: () => new Date(now()) });

/** A profile without lines is booked only over one that had some. */
const unlessEmpty = (profile: MeasuredProfile, before: ProfileHead | undefined): MeasuredProfile | undefined => (before === undefined && profile.lines.length === 0 ? undefined : profile);

/** What was looked at later is booked already: tiers that were looked at before are not what the month has now. */
const isOvertaken = (before: ProfileHead | undefined, asOf: string): boolean => before !== undefined && before.asOf > asOf;

/** The newest book that tiers are of. */
const newestBook = (adjustments: readonly TierAdjustment[]): { readonly priceBookId?: string } => {
  const priceBookId = adjustments.flatMap((one) => one.priceBookId ?? []).sort().at(-1);
  return priceBookId === undefined ? {} : { priceBookId };
};

const bookTiers = async (deps: BookOwnLinesDeps, { month, asOf }: TiersOfMonth, { accountId, adjustments }: TiersOfMonth['holders'][number]): Promise<void> => {
  const { tierAdjustment: purpose } = ownPurposes;
  const owner: ProfileOwner = accountId === undefined ? { kind: 'PLATFORM', purpose } : { kind: 'ACCOUNT', accountId, purpose };
  const lines = adjustments.map((adjustment) => tierAdjustmentLine(adjustment, { owner: owner.kind, month, asOf }));
  await bookProfileOf(deps)(owner, month, async (before) =>
    isOvertaken(before, asOf) ? undefined : unlessEmpty(await chargedProfile(deps)({ owner, month, stage: 'FINAL', lines, series: [], asOf, ...newestBook(adjustments) }, before), before),
  );
};

const bookMinimum = async (deps: BookOwnLinesDeps, month: string, accountId: string): Promise<void> => {
  const terms = termsOfMonth(await deps.terms.versions(accountId), month);
  const owner: ProfileOwner = { kind: 'ACCOUNT', accountId, purpose: ownPurposes.minimum };
  // The sum is read after the head: who books in between makes the head another, and it is read again.
  await bookProfileOf(deps)(owner, month, async (before) => {
    const asOf = isoTime(deps.now());
    const { measures } = await deps.usage.accountUsage(accountId, month);
    const lines = minimumLines(chargedBeside(measures), terms, { month, asOf });
    return unlessEmpty({ owner, month, stage: 'FINAL', lines, series: [], asOf, ...(terms ? { priceTermsId: terms.termsId } : {}) }, before);
  });
};

/**
 * Books what accounts bear of a month beside their breakouts: what volume tiers take off, and what is missing to their
 * minimum; and the platform's part of the former. Both follow from what is booked alone, with the prices that it is booked
 * with: they may be booked any number of times, and are booked anew when that has changed. One account alone, or all and
 * the platform.
 * @throws UnavailableError when others book all the time
 */
export const bookOwnLines =
  (deps: BookOwnLinesDeps) =>
  async (month: string, accountId?: string): Promise<void> => {
    const accountIds = await allAccountIds(deps.accounts);
    const tiers = await readTiers(deps, month, accountIds);
    await doAll(tiers.holders.filter((holder) => accountId === undefined || holder.accountId === accountId), (holder) => bookTiers(deps, tiers, holder));
    await doAll(accountId === undefined ? accountIds : [accountId], (one) => bookMinimum(deps, month, one));
  };
