import { billedIn, entryOf, isCorrection, isOpenProfile } from '../../../lambda/domain/usage/billing.ts';
import { sumMeasures } from '../../../lambda/domain/usage/measures.ts';
import { accountOf, ownerIdOf } from '../../../lambda/domain/usage/profile-owner.ts';
import type { BillingMonth, LedgerEntry, OpenProfile, UsageLedger } from '../../../lambda/domain/usage/usage-ledger.ts';
import type { HeadMove } from '../../../lambda/domain/usage/usage-store.ts';
import { pageOf } from '../shows/memory-plans.ts';

/** The books in memory, as part of a store's transactions. */
export interface MemoryUsageLedger extends UsageLedger {
  /** Whether the month that bills a move is open. */
  accepts(move: HeadMove): boolean;
  book(move: HeadMove): void;
}

const entryId = ({ bookedAt, owner, month, version }: LedgerEntry): string => `${bookedAt}#${ownerIdOf(owner)}#${month}#${String(version).padStart(6, '0')}`;

/** Nothing booked yet. */
export const memoryUsageLedger = (): MemoryUsageLedger => {
  const months = new Map<string, BillingMonth & { readonly accountId: string }>();
  const open = new Map<string, OpenProfile & { readonly billedIn: string }>();
  const entries: LedgerEntry[] = [];
  const billing = (accountId: string, month: string): BillingMonth => months.get(`${accountId} ${month}`) ?? { month, measures: {} };
  const billingOfMove = (move: HeadMove): BillingMonth | undefined => {
    const billed = billedIn(move);
    return billed && billing(billed.accountId, billed.billingMonth);
  };
  return {
    accepts: (move) => billingOfMove(move)?.closedAt === undefined,
    book: (move) => {
      const { head, difference } = move;
      entries.push(entryOf(move));
      const billed = billedIn(move);
      if (billed === undefined) return;
      const { accountId, billingMonth } = billed;
      const before = billing(accountId, billingMonth);
      months.set(`${accountId} ${billingMonth}`, { ...before, accountId, measures: sumMeasures([before.measures, difference]), asOf: head.asOf });
      const key = `${ownerIdOf(head.owner)} ${head.month}`;
      if (isOpenProfile(head)) open.set(key, { owner: head.owner, month: head.month, status: head.status, billedIn: `${accountId} ${billingMonth}` });
      else open.delete(key);
    },
    billing: async (accountId, month) => {
      const { accountId: _accountId, ...found } = { accountId, ...billing(accountId, month) };
      return found;
    },
    billingMonths: async (accountId, from) =>
      [...months.values()]
        .filter((one) => one.accountId === accountId && one.month >= from)
        .sort((one, other) => (one.month < other.month ? -1 : 1))
        .map(({ accountId: _accountId, ...one }) => one),
    closeBilling: async (accountId, month, closedAt) => {
      const { provisionalProfiles = 0n, accruingProfiles = 0n } = billing(accountId, month).measures;
      if (billing(accountId, month).closedAt !== undefined || provisionalProfiles !== 0n || accruingProfiles !== 0n) return false;
      months.set(`${accountId} ${month}`, { ...billing(accountId, month), accountId, closedAt });
      return true;
    },
    openProfiles: async (accountId, month, limit) =>
      [...open.entries()]
        .filter(([, profile]) => profile.billedIn === `${accountId} ${month}`)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .slice(0, limit)
        .map(([, { billedIn: _billedIn, ...profile }]) => profile),
    corrections: async (accountId, month, page) =>
      pageOf(entries.filter((entry) => accountOf(entry.owner) === accountId && entry.billingMonth === month && isCorrection(entry)), entryId, page),
    entriesAfter: async (accountId, at, limit) =>
      entries
        .filter((entry) => accountOf(entry.owner) === accountId && entry.bookedAt > at)
        .sort((one, other) => (entryId(one) < entryId(other) ? -1 : 1))
        .slice(0, limit),
  };
};
