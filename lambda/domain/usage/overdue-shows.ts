import type { AccountStore } from '../accounts/account-store.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { hasEnded } from '../breakouts/transition.ts';

/** What finding shows whose usage should be final needs. */
export interface OverdueShowsDeps {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly breakouts: Pick<BreakoutStore, 'get' | 'listUnsettled'>;
  readonly now: () => number;
}

const pageSize = 100;

/** Usage is final 26 hours after the stop at most; what runs hourly may be two late. */
const finalAfterMilliseconds = 28 * 3_600_000;

const overdueOf = async ({ breakouts }: OverdueShowsDeps, accountId: string, before: number): Promise<readonly string[]> => {
  const old = (await breakouts.listUnsettled(accountId)).filter(({ since }) => Date.parse(since) < before);
  const shows = await Promise.all(old.map(({ breakoutId }) => breakouts.get(breakoutId)));
  return shows.filter((show) => hasEnded(show) && Date.parse(show.stoppedAt ?? show.updatedAt) < before).map(({ breakoutId }) => breakoutId);
};

/**
 * The breakouts that have been over for 28 hours and longer, and whose usage is not final: their executions measure no more, and
 * their accounts' months cannot be closed. @throws UnavailableError
 */
export const overdueShows =
  (deps: OverdueShowsDeps) =>
  async (): Promise<readonly string[]> => {
    const before = deps.now() - finalAfterMilliseconds;
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await deps.accounts.list({ limit: pageSize, ...(after === undefined ? {} : { after }) });
      for (const { accountId } of page.items) found.push(...(await overdueOf(deps, accountId, before)));
      after = page.next;
    } while (after !== undefined);
    return found;
  };
