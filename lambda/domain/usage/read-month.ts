import type { AccountStore } from '../accounts/account-store.ts';
import { getAccount } from '../accounts/read-accounts.ts';
import type { Caller } from '../shared/caller.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { parsedMonth } from './close-month.ts';
import { askedMonth } from './reading/asked-period.ts';
import type { BillingMonth, LedgerEntry, UsageLedger } from './usage-ledger.ts';

/** What an account is billed in a month, with what of it is of charge periods that were closed. */
export interface MonthStatement {
  readonly accountId: string;
  readonly billing: BillingMonth;
  readonly corrections: Page<LedgerEntry>;
}

/** What reading a month needs. */
export interface ReadMonthDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly usage: Pick<UsageLedger, 'billing' | 'corrections'>;
  readonly now: () => number;
}

/** What an account is billed in a UTC month that has begun. @throws NotFoundError, InvalidInputError */
export const readMonth =
  (deps: ReadMonthDeps) =>
  async (caller: Caller, accountId: string, month: string, page: PageRequest): Promise<MonthStatement> => {
    await getAccount(deps)(caller, accountId);
    parsedMonth(month);
    askedMonth(month, deps.now());
    const [billing, corrections] = await Promise.all([deps.usage.billing(accountId, month), deps.usage.corrections(accountId, month, page)]);
    return { accountId, billing, corrections };
  };
