import * as z from 'zod';
import { itemKey, listKey } from '../../contract/table-keys.ts';
import type { Account, Member, Membership } from '../../domain/accounts/account.ts';
import type { AccountStore, Memberships } from '../../domain/accounts/account-store.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { equals, isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import { listPage } from './list-page.ts';
import type { Table, Write } from './table.ts';
import { ConditionFailedError } from './write-errors.ts';

const memberSchema = z.object({ subject: z.string(), role: z.enum(['OWNER', 'PRODUCER', 'FINANCE', 'VIEWER']) });

const accountSchema: z.ZodType<Account> = z.object({
  accountId: z.string(),
  name: z.string(),
  members: z.array(memberSchema),
  createdAt: z.string(),
  updatedAt: z.string(),
  revision: z.int().positive(),
});

const accountCodec = itemCodec('Account', 1, accountSchema);

const membershipSchema: z.ZodType<Membership> = memberSchema.extend({ accountId: z.string() });

const membershipCodec = itemCodec('Membership', 1, membershipSchema);

const accountWrite = (account: Account): Write => ({
  put: { ...accountCodec.encode(account), ...itemKey.account(account.accountId), ...listKey.account(account.accountId) },
  condition: account.revision === 1 ? isAbsent : equals('revision', account.revision - 1),
});

const membershipWrites = ({ accountId, members }: Account, before: readonly Member[]): Write[] => {
  const put = (member: Member) => ({ ...membershipCodec.encode({ ...member, accountId }), ...itemKey.membership(member.subject) });
  const known = new Map(before.map(({ subject, role }) => [subject, role]));
  const kept = new Set(members.map(({ subject }) => subject));
  return [
    ...members.flatMap((member): Write[] => {
      const role = known.get(member.subject);
      if (role === member.role) return [];
      return [{ put: put(member), condition: role === undefined ? isAbsent : equals('accountId', accountId) }];
    }),
    ...before
      .filter(({ subject }) => !kept.has(subject))
      .map(({ subject }): Write => ({ delete: itemKey.membership(subject), condition: equals('accountId', accountId) })),
  ];
};

/** Accounts in the one table. */
export const dynamoDbAccountStore = (table: Table): AccountStore => ({
  async get(accountId) {
    const item = await table.get(itemKey.account(accountId));
    if (item === undefined) throw notFound('account', accountId);
    return accountCodec.decode(item);
  },
  list: (page) => listPage(table, listKey.account('').GSI1PK, page, accountCodec.decode, ({ accountId }) => accountId),
  async save(account, previous) {
    try {
      await table.transact([accountWrite(account), ...membershipWrites(account, previous?.members ?? [])]);
      return 'SAVED';
    } catch (error) {
      if (!(error instanceof ConditionFailedError)) throw error;
      // The first write is the account itself: when it is stale, the memberships were decided on an old list.
      return error.indices.includes(0) ? 'STALE' : 'SUBJECT_TAKEN';
    }
  },
});

/** Memberships in the one table. */
export const dynamoDbMemberships = (table: Table): Memberships => ({
  async find(subject) {
    const item = await table.get(itemKey.membership(subject));
    return item === undefined ? undefined : membershipCodec.decode(item);
  },
});
