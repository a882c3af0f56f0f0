import { readBreakoutUsage, readLevelUsage, type ReadUsageDeps } from '../../../lambda/domain/usage/read-usage.ts';
import type { UsagePeriod } from '../../../lambda/domain/usage/usage-store.ts';
import { aStoppedBreakout } from './a-show.ts';
import { itemIds } from './ids.ts';

const asked = (period: UsagePeriod | undefined) => (period === undefined ? {} : { period });

/** Reads what is booked of the show of the tests, its event and its account: nothing is on the air. */
export const usageReader = (usage: ReadUsageDeps['usage'], now: () => number = () => Date.parse('2027-01-01T00:00:00Z')) => {
  const deps: ReadUsageDeps = { usage, history: { versions: async () => ({ items: [] }) }, known: async () => ({ measures: {} }), estimate: async () => undefined, running: async () => [], now };
  const { event: eventId, account: accountId } = itemIds;
  return {
    deps,
    breakout: (period?: UsagePeriod) => readBreakoutUsage(deps)(aStoppedBreakout(), asked(period)),
    event: (period?: UsagePeriod) => readLevelUsage(deps)({ kind: 'EVENT', eventId, accountId }, asked(period)),
    account: (period?: UsagePeriod) => readLevelUsage(deps)({ kind: 'ACCOUNT', accountId }, asked(period)),
  };
};
