import type { AccountStore } from './account-store.ts';

const pageSize = 100;

/** The ids of all accounts, in order of creation. @throws UnavailableError */
export const allAccountIds = async (accounts: Pick<AccountStore, 'list'>): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await accounts.list({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    ids.push(...page.items.map(({ accountId }) => accountId));
    after = page.next;
  } while (after !== undefined);
  return ids;
};
