import type { Page, PageRequest } from '../shared/page.ts';
import type { Account, Membership } from './account.ts';

/** What became of a write: `STALE` = someone else wrote first; `SUBJECT_TAKEN` = a new member acts for another account. */
export type AccountWrite = 'SAVED' | 'STALE' | 'SUBJECT_TAKEN';

/** Keeps accounts and the memberships that follow from them. */
export interface AccountStore {
  /** @throws NotFoundError */
  get(accountId: string): Promise<Account>;
  /** All accounts, in order of creation; may lag a moment behind writes. */
  list(page: PageRequest): Promise<Page<Account>>;
  /** Writes over `previous` (none for a new account), and with it the memberships that come, change and go. */
  save(account: Account, previous?: Account): Promise<AccountWrite>;
}

/** Finds out for whom a subject acts. */
export interface Memberships {
  find(subject: string): Promise<Membership | undefined>;
}
