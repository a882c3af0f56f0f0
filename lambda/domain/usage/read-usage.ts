import { InvalidInputError } from '../shared/errors.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { UsageLine } from './usage-line.ts';
import { usageView, type UsageView } from './usage-view.ts';
import { allMonths, type UsagePeriod, type UsageStore } from './usage-store.ts';

/** What reading usage needs. */
export interface ReadUsageDeps {
  readonly usage: UsageStore;
}

/** A level's usage with what it is the usage of. */
export type UsageReading<Ids> = Ids & { readonly period: UsagePeriod } & UsageView;

/** Checks a period: a UTC month, or `TOTAL`. @throws InvalidInputError */
const checked = (period: UsagePeriod): UsagePeriod => {
  if (period === allMonths || /^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return period;
  const message = `period "${period}" is not known, expected ${allMonths} or a UTC month such as 2026-11`;
  throw new InvalidInputError({ code: 'invalid-period', message, fields: [{ field: 'period', message }] });
};

/** The booked usage of a breakout in a month, or in all: one item read. Says nothing of whether the breakout exists. */
export const readBreakoutUsage =
  ({ usage }: ReadUsageDeps) =>
  async (breakoutId: string, period: UsagePeriod = allMonths): Promise<UsageReading<{ readonly breakoutId: string }>> => ({
    breakoutId,
    period,
    ...usageView(await usage.breakoutUsage(breakoutId, checked(period))),
  });

/** The booked usage of an event: one item read, whatever the number of its breakouts. */
export const readEventUsage =
  ({ usage }: ReadUsageDeps) =>
  async (eventId: string, period: UsagePeriod = allMonths): Promise<UsageReading<{ readonly eventId: string }>> => ({
    eventId,
    period,
    ...usageView(await usage.eventUsage(eventId, checked(period))),
  });

/** The booked usage of an account: one item read, whatever the number of its events. */
export const readAccountUsage =
  ({ usage }: ReadUsageDeps) =>
  async (accountId: string, period: UsagePeriod = allMonths): Promise<UsageReading<{ readonly accountId: string }>> => ({
    accountId,
    period,
    ...usageView(await usage.accountUsage(accountId, checked(period))),
  });

/**
 * The lines behind a breakout's usage in a month (the newest month with usage unless told), in order of their keys.
 * Empty when nothing is booked.
 */
export const listUsageLines =
  ({ usage }: ReadUsageDeps) =>
  async (breakoutId: string, page: PageRequest, month?: string): Promise<Page<UsageLine>> => {
    if (month !== undefined) checked(month);
    const heads = await usage.heads(breakoutId);
    const head = month === undefined ? heads.at(-1) : heads.find((one) => one.month === month);
    return head ? usage.lines(head, page) : { items: [] };
  };
