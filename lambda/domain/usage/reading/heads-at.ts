import type { UsageHistory } from '../usage-history.ts';
import type { ProfileHead } from '../usage-profile.ts';

const pageSize = 100;

/** The versions of a breakout that counted at a moment, one a month: the newest that had been measured. */
export const headsAt = async (history: Pick<UsageHistory, 'versions'>, breakoutId: string, at: string): Promise<readonly ProfileHead[]> => {
  const heads = new Map<string, ProfileHead>();
  let after: string | undefined;
  do {
    const page = await history.versions(breakoutId, { limit: pageSize, ...(after === undefined ? {} : { after }) });
    for (const { head } of page.items) if (head.asOf <= at) heads.set(head.month, head);
    after = page.next;
  } while (after !== undefined);
  return [...heads.values()];
};
