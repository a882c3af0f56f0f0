import { monthAfter } from './calendar-month.ts';
import { accountOf } from './profile-owner.ts';
import type { LedgerEntry, UsageLedger } from './usage-ledger.ts';
import type { HeadMove } from './usage-store.ts';

/** The month that bills what is booked now for a charge period: that month while it is open, else the first one after it that is. */
export const billingMonthFor = async (ledger: Pick<UsageLedger, 'billingMonths'>, accountId: string, month: string): Promise<string> => {
  const months = await ledger.billingMonths(accountId, month);
  const closed = new Set(months.filter(({ closedAt }) => closedAt !== undefined).map((one) => one.month));
  let open = month;
  while (closed.has(open)) open = monthAfter(open);
  return open;
};

/** What is kept of a move for good. */
export const entryOf = ({ head, series: _series, ...move }: HeadMove): LedgerEntry => ({
  ...move,
  owner: head.owner,
  month: head.month,
  version: head.version,
  status: head.status,
  ...(head.priceBookId === undefined ? {} : { priceBookId: head.priceBookId }),
  ...(head.priceTermsId === undefined ? {} : { priceTermsId: head.priceTermsId }),
});

/** Whether an entry is billed in another month than it is of: the month was closed. */
export const isCorrection = ({ month, billingMonth }: Pick<LedgerEntry, 'month' | 'billingMonth'>): boolean => billingMonth !== undefined && billingMonth !== month;

/** Whether a profile keeps its billing month from being closed. */
export const isOpenProfile = ({ status, accrual }: HeadMove['head']): boolean => status === 'PROVISIONAL' || accrual === 'OPEN';

/** Where a move is billed; nothing for the platform's overheads, which nobody pays. */
export const billedIn = ({ head: { owner }, billingMonth }: Pick<HeadMove, 'head' | 'billingMonth'>): { readonly accountId: string; readonly billingMonth: string } | undefined => {
  const accountId = accountOf(owner);
  return accountId === undefined || billingMonth === undefined ? undefined : { accountId, billingMonth };
};
