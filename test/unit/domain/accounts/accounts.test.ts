import { createAccount } from '../../../../lambda/domain/accounts/create-account.ts';
import { identifyCaller } from '../../../../lambda/domain/accounts/authorise.ts';
import { getAccount, listAccounts } from '../../../../lambda/domain/accounts/read-accounts.ts';
import { updateAccount } from '../../../../lambda/domain/accounts/update-account.ts';
import { aCaller, newId } from '../../../support/shows/a-plan.ts';
import { memoryAccounts } from '../../../support/shows/memory-accounts.ts';

const operator = aCaller({ subject: 'ops', accountId: 'PLATFORM', role: 'OPERATOR' });

const world = () => {
  const stores = memoryAccounts();
  return { ...stores, newId, now: () => Date.parse('2026-11-23T10:00:00Z') };
};

describe('accounts', () => {
  it('are created with their members', async () => {
    const deps = world();

    const account = await createAccount(deps)({ name: 'Festival', members: [{ subject: 'anna', role: 'OWNER' }] });

    expect(account).toMatchObject({ name: 'Festival', revision: 1, createdAt: '2026-11-23T10:00:00.000Z' });
    expect(await deps.memberships.find('anna')).toEqual({ subject: 'anna', role: 'OWNER', accountId: account.accountId });
  });

  it('rejects a member who is named twice', async () => {
    const members = [{ subject: 'anna', role: 'OWNER' }, { subject: 'anna', role: 'VIEWER' }] as const;

    await expect(createAccount(world())({ name: 'Festival', members })).rejects.toMatchObject({ code: 'member-twice', fields: [{ field: '/members/1/subject' }] });
  });

  it('rejects a member of another account', async () => {
    const deps = world();
    await createAccount(deps)({ name: 'One', members: [{ subject: 'anna', role: 'OWNER' }] });

    await expect(createAccount(deps)({ name: 'Two', members: [{ subject: 'anna', role: 'OWNER' }] })).rejects.toMatchObject({ code: 'subject-taken' });
  });

  it('are seen by their members and the operator only', async () => {
    const deps = world();
    const { accountId } = await createAccount(deps)({ name: 'One', members: [] });
    const { accountId: other } = await createAccount(deps)({ name: 'Two', members: [] });

    expect((await listAccounts(deps)(aCaller({ accountId }), { limit: 10 })).items).toHaveLength(1);
    expect((await listAccounts(deps)(operator, { limit: 10 })).items).toHaveLength(2);
    expect(await getAccount(deps)(operator, other)).toMatchObject({ name: 'Two' });
    await expect(getAccount(deps)(aCaller({ accountId }), other)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('change over the version that was read', async () => {
    const deps = world();
    const { accountId } = await createAccount(deps)({ name: 'One', members: [] });
    const update = updateAccount(deps);

    expect(await update({ caller: operator, accountId, expectedRevision: 1, changes: { name: 'Uno' } })).toMatchObject({ name: 'Uno', revision: 2 });
    await expect(update({ caller: operator, accountId, expectedRevision: 1, changes: { name: 'Eins' } })).rejects.toMatchObject({ code: 'revision-mismatch' });
    await expect(update({ caller: aCaller(), accountId, changes: { name: 'Mine' } })).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('identifying a caller', () => {
  const identify = (deps = world()) => identifyCaller({ ...deps, operatorClientIds: ['ops'], operatorRole: 'OPERATOR' });

  it('takes a machine of the operator for the platform', async () => {
    expect(await identify()({ subject: 'ops', clientId: 'ops' })).toEqual({ subject: 'ops', accountId: 'PLATFORM', role: 'OPERATOR' });
  });

  it('takes nobody who signs in through an operator client for the platform', async () => {
    expect(await identify()({ subject: 'anna', clientId: 'ops' })).toBeUndefined();
  });

  it('takes a member for the account', async () => {
    const deps = world();
    const { accountId } = await createAccount(deps)({ name: 'One', members: [{ subject: 'anna', role: 'FINANCE' }] });

    expect(await identify(deps)({ subject: 'anna', clientId: 'web' })).toEqual({ subject: 'anna', accountId, role: 'FINANCE' });
  });
});
