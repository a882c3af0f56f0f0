import { ConflictError } from '../shared/errors.ts';
import type { NewId } from '../shared/identifiers.ts';
import { invalidFields } from '../shared/interval.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { Account, Member } from './account.ts';
import type { AccountStore } from './account-store.ts';

/** An account to be. */
export interface CreateAccountCommand {
  readonly name: string;
  readonly members: readonly Member[];
}

/** Refuses a list that names a subject twice. @throws InvalidInputError */
export const requireDistinctSubjects = (members: readonly Member[]): void => {
  const fields = members.flatMap(({ subject }, index) =>
    members.findIndex((member) => member.subject === subject) < index
      ? [{ field: `/members/${index}/subject`, message: `names ${subject} again: a member has one role` }]
      : [],
  );
  if (fields.length > 0) throw invalidFields('member-twice', fields);
};

/** The conflict of a member who acts for another account, which stays unnamed. */
export const subjectTaken = (members: readonly Member[]): ConflictError =>
  new ConflictError({
    code: 'subject-taken',
    message: `one of ${members.map(({ subject }) => subject).join(', ')} is a member of another account: a subject acts for one account, use another subject`,
  });

/** Creates an account with its first members. @throws InvalidInputError, ConflictError */
export const createAccount =
  ({ accounts, newId, now }: { readonly accounts: AccountStore; readonly newId: NewId; readonly now: Now }) =>
  async ({ name, members }: CreateAccountCommand): Promise<Account> => {
    requireDistinctSubjects(members);
    const createdAt = timestamp(now());
    const account: Account = { accountId: newId('account'), name, members, createdAt, updatedAt: createdAt, revision: 1 };
    if ((await accounts.save(account)) !== 'SAVED') throw subjectTaken(members);
    return account;
  };
