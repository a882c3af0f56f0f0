import type { AccountStore, Memberships } from '../../../lambda/domain/accounts/account-store.ts';
import { anAccount, newId } from '../shows/a-plan.ts';

/** What every keeper of accounts and memberships does. */
export const describeAccountStoreContract = (stores: () => { readonly accounts: AccountStore; readonly memberships: Memberships }): void => {
  const aSubject = (): string => newId('account');

  it('keeps an account with its memberships', async () => {
    const subject = aSubject();
    const account = anAccount({ members: [{ subject, role: 'OWNER' }] });

    expect(await stores().accounts.save(account)).toBe('SAVED');

    expect(await stores().accounts.get(account.accountId)).toEqual(account);
    expect(await stores().memberships.find(subject)).toEqual({ subject, role: 'OWNER', accountId: account.accountId });
  });

  it('fails to find what is not there', async () => {
    await expect(stores().accounts.get('acc_none')).rejects.toMatchObject({ name: 'NotFound', code: 'account-not-found' });
    expect(await stores().memberships.find('nobody')).toBeUndefined();
  });

  it('lets members come, change and go', async () => {
    const [stays, goes, comes] = [aSubject(), aSubject(), aSubject()];
    const before = anAccount({ members: [{ subject: stays, role: 'VIEWER' }, { subject: goes, role: 'OWNER' }] });
    await stores().accounts.save(before);
    const after = { ...before, members: [{ subject: stays, role: 'OWNER' as const }, { subject: comes, role: 'FINANCE' as const }], revision: 2 };

    expect(await stores().accounts.save(after, before)).toBe('SAVED');

    expect(await stores().memberships.find(stays)).toMatchObject({ role: 'OWNER' });
    expect(await stores().memberships.find(goes)).toBeUndefined();
    expect(await stores().memberships.find(comes)).toMatchObject({ role: 'FINANCE' });
  });

  it('refuses a member of another account', async () => {
    const subject = aSubject();
    await stores().accounts.save(anAccount({ members: [{ subject, role: 'OWNER' }] }));
    const other = anAccount({ members: [{ subject, role: 'OWNER' }] });

    expect(await stores().accounts.save(other)).toBe('SUBJECT_TAKEN');
    await expect(stores().accounts.get(other.accountId)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('writes over the revision before only', async () => {
    const account = anAccount();
    await stores().accounts.save(account);
    const next = { ...account, name: 'Renamed', revision: 2 };

    expect(await stores().accounts.save(next, account)).toBe('SAVED');
    expect(await stores().accounts.save({ ...next, name: 'Lost' }, account)).toBe('STALE');
  });

  it('lists accounts', async () => {
    const account = anAccount();
    await stores().accounts.save(account);

    const { items } = await stores().accounts.list({ limit: 100 });

    expect(items).toContainEqual(account);
  });
};
