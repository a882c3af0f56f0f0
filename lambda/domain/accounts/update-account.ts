import { type Caller, visibleTo } from '../shared/caller.ts';
import { requireRevision, untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { Account, Member } from './account.ts';
import type { AccountStore } from './account-store.ts';
import { requireDistinctSubjects, subjectTaken } from './create-account.ts';

/** What is to be different; members replace the whole list. */
export interface UpdateAccountCommand {
  readonly caller: Caller;
  readonly accountId: string;
  readonly expectedRevision?: number;
  readonly changes: { readonly name?: string; readonly members?: readonly Member[] };
}

/** Changes an account's name or members. @throws NotFoundError, InvalidInputError, ConflictError */
export const updateAccount =
  ({ accounts, now }: { readonly accounts: AccountStore; readonly now: Now }) =>
  async ({ caller, accountId, expectedRevision, changes }: UpdateAccountCommand): Promise<Account> => {
    requireDistinctSubjects(changes.members ?? []);
    return untilSaved(`account ${accountId}`, async () => {
      const account = visibleTo(caller, 'account', accountId, await accounts.get(accountId));
      requireRevision(account.revision, expectedRevision);
      const next: Account = { ...account, ...changes, updatedAt: timestamp(now()), revision: account.revision + 1 };
      const written = await accounts.save(next, account);
      if (written === 'SUBJECT_TAKEN') throw subjectTaken(next.members);
      return written === 'SAVED' ? next : undefined;
    });
  };
