import type { Account, Membership } from '../../../lambda/domain/accounts/account.ts';
import type { AccountStore, Memberships } from '../../../lambda/domain/accounts/account-store.ts';
import { notFound } from '../../../lambda/domain/shared/caller.ts';
import { pageOf } from './memory-plans.ts';

/** Accounts and memberships in memory. */
export const memoryAccounts = (): { readonly accounts: AccountStore; readonly memberships: Memberships } => {
  const accounts = new Map<string, Account>();
  const memberships = new Map<string, Membership>();
  return {
    memberships: { find: async (subject) => memberships.get(subject) },
    accounts: {
      async get(accountId) {
        const account = accounts.get(accountId);
        if (!account) throw notFound('account', accountId);
        return account;
      },
      list: async (page) => pageOf([...accounts.values()], ({ accountId }) => accountId, page),
      async save(account, previous) {
        const { accountId } = account;
        if ((accounts.get(accountId)?.revision ?? 0) !== account.revision - 1) return 'STALE';
        if (account.members.some(({ subject }) => (memberships.get(subject)?.accountId ?? accountId) !== accountId)) return 'SUBJECT_TAKEN';
        for (const { subject } of previous?.members ?? []) memberships.delete(subject);
        for (const member of account.members) memberships.set(member.subject, { ...member, accountId });
        accounts.set(accountId, account);
        return 'SAVED';
      },
    },
  };
};
