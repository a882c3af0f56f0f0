import { type Caller, notFound, platformAccountId, isVisible } from '../shared/caller.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account-store.ts';

/** One account, if it is the caller's. @throws NotFoundError */
export const getAccount =
  ({ accounts }: { readonly accounts: Pick<AccountStore, 'get'> }) =>
  async (caller: Caller, accountId: string): Promise<Account> => {
    if (!isVisible(caller, accountId)) throw notFound('account', accountId);
    return accounts.get(accountId);
  };

/** All accounts for the operator, else the caller's own. */
export const listAccounts =
  ({ accounts }: { readonly accounts: Pick<AccountStore, 'get' | 'list'> }) =>
  async (caller: Caller, page: PageRequest): Promise<Page<Account>> =>
    caller.accountId === platformAccountId ? accounts.list(page) : { items: [await accounts.get(caller.accountId)] };
