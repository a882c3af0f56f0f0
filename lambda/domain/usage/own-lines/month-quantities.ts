import type { AccountStore } from '../../accounts/account-store.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { meteredDifferenceOf, sumMetered } from '../metered-totals.ts';
import type { UsageStore } from '../usage-store.ts';
import { impossibleHolders, type HolderQuantities } from './sku-weights.ts';

/** What reading a month's quantities needs. */
export interface MonthQuantitiesDeps {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly usage: Pick<UsageStore, 'metered'>;
}

/** Others can book between two reads; each turn reads all again. */
const mostTurns = 5;

/** So many accounts are asked for at a time. */
const batchSize = 100;

const readOnce = async ({ usage }: MonthQuantitiesDeps, accountIds: readonly string[], month: string): Promise<readonly HolderQuantities[]> => {
  const ofAccounts: HolderQuantities[] = [];
  for (let start = 0; start < accountIds.length; start += batchSize) {
    ofAccounts.push(...(await Promise.all(accountIds.slice(start, start + batchSize).map(async (accountId) => ({ accountId, totals: await usage.metered(accountId, month) })))));
  }
  const everything = await usage.metered(undefined, month);
  const overheads = meteredDifferenceOf(everything, sumMetered(...ofAccounts.map(({ totals }) => totals)));
  return [...ofAccounts, { accountId: undefined, totals: overheads }];
};

/**
 * What every account metered in a month, and last what the platform did for nobody: an item an account, and one. They are
 * read one after the other: what is booked in between may be counted with the platform until it is read again.
 * @throws UnavailableError when others book all the time
 */
export const readMonthQuantities =
  (deps: MonthQuantitiesDeps) =>
  async (accountIds: readonly string[], month: string): Promise<readonly HolderQuantities[]> => {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const holders = await readOnce(deps, accountIds, month);
      if (impossibleHolders(holders).length === 0) return holders;
    }
    throw new UnavailableError({ code: 'usage-contended', message: `usage of ${month} was booked while its quantities were read, ${mostTurns} times: try again` });
  };
