import type { AccountStore } from '../accounts/account-store.ts';
import { getAccount } from '../accounts/read-accounts.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError, InvalidInputError } from '../shared/errors.ts';
import { type Interval, isoTime, monthInterval } from './calendar-month.ts';
import { accruingMeasure, statusMeasure } from './measures.ts';
import { bookOwnLines, type BookOwnLinesDeps } from './own-lines/book-own-lines.ts';
import { ownerIdOf } from './profile-owner.ts';
import type { BillingMonth, UsageLedger } from './usage-ledger.ts';

/** What closing a month needs. */
export interface CloseMonthDeps extends BookOwnLinesDeps {
  readonly accounts: BookOwnLinesDeps['accounts'] & Pick<AccountStore, 'get'>;
  readonly breakouts: Pick<BreakoutStore, 'listUnsettled'>;
  readonly usage: BookOwnLinesDeps['usage'] & Pick<UsageLedger, 'billing' | 'closeBilling' | 'openProfiles'>;
}

/** How many of what a month waits for are named. */
const mostNamed = 5;

/** How often others may book between our look and our write before they are told of. */
const mostTurns = 3;

/** A month's interval. @throws InvalidInputError when it is no UTC month */
export const parsedMonth = (month: string): Interval => {
  try {
    return monthInterval(month);
  } catch (cause) {
    const message = `"${month}" is no month, expected a UTC month such as 2026-11`;
    throw new InvalidInputError({ code: 'invalid-month', message, fields: [{ field: 'month', message }], cause });
  }
};

const requireOver = (month: string, { from, to }: Interval, now: number): void => {
  if (now >= to) return;
  const is = now < from ? 'has not begun' : 'is not over';
  const message = `month ${month} ${is}, expected one that has ended: close it after ${isoTime(to)}`;
  throw new ConflictError({ code: 'month-not-over', message, details: { endsAt: isoTime(to) } });
};

const notFinal = (month: string, what: string, count: number | bigint, named: readonly string[]): ConflictError => {
  const total = BigInt(count);
  const others = total > BigInt(named.length) ? ' …' : '';
  return new ConflictError({
    code: 'month-not-final',
    message: `${total.toString()} ${what}${total === 1n ? ' is' : 's are'} not final in ${month} (${named.join(', ')}${others}), expected none: close the month when they are, at most 26 h after the last show or the month has ended`,
    details: { count: total.toString(), first: named },
  });
};

const requireShowsSettled = async ({ breakouts }: CloseMonthDeps, accountId: string, month: string, { to }: Interval): Promise<void> => {
  const shows = (await breakouts.listUnsettled(accountId)).filter(({ since }) => Date.parse(since) < to);
  if (shows.length > 0) throw notFinal(month, 'show', shows.length, shows.slice(0, mostNamed).map(({ breakoutId }) => breakoutId));
};

const requireProfilesFinal = async ({ usage }: CloseMonthDeps, accountId: string, { month, measures }: BillingMonth): Promise<void> => {
  const named = (await usage.openProfiles(accountId, month, mostNamed)).map((profile) => (profile.month === month ? ownerIdOf(profile.owner) : `${ownerIdOf(profile.owner)} in ${profile.month}`));
  if (named.length === 0) return;
  // A profile may be both; it is one all the same.
  const [provisional, accruing] = [measures[statusMeasure.PROVISIONAL] ?? 0n, measures[accruingMeasure] ?? 0n];
  const atLeast = provisional > accruing ? provisional : accruing;
  throw notFinal(month, 'profile', atLeast > BigInt(named.length) ? atLeast : named.length, named);
};

/**
 * Freezes what an account is billed in a UTC month: what changes later is billed in the first month that is open.
 * Closing again answers the same. Shows that were started in the month have to be settled, and everything that is
 * booked in it has to be final. What the account bears itself is booked first, as it follows from that.
 * @throws NotFoundError, InvalidInputError, ConflictError (`month-not-over`, `month-not-final`)
 */
export const closeMonth =
  (deps: CloseMonthDeps) =>
  async ({ caller, accountId, month }: { readonly caller: Caller; readonly accountId: string; readonly month: string }): Promise<BillingMonth> => {
    await getAccount(deps)(caller, accountId);
    const interval = parsedMonth(month);
    requireOver(month, interval, deps.now());
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const billing = await deps.usage.billing(accountId, month);
      if (billing.closedAt !== undefined) return billing;
      await requireShowsSettled(deps, accountId, month, interval);
      await requireProfilesFinal(deps, accountId, billing);
      await bookOwnLines(deps)(month, accountId);
      if (await deps.usage.closeBilling(accountId, month, isoTime(deps.now()))) return deps.usage.billing(accountId, month);
    }
    const message = `usage of ${month} is being booked, expected none: close the month when it is final`;
    throw new ConflictError({ code: 'month-not-final', message });
  };
