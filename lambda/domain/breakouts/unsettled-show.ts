import type { Breakout } from './breakout.ts';

/** A show that was started and whose usage is not settled: it has used, or will use, something from then on. */
export interface UnsettledShow {
  readonly breakoutId: string;
  readonly accountId: string;
  /** When its first pipeline was claimed. */
  readonly since: string;
}

/** What is unsettled of a breakout; undefined before its start, and once it is closed for good. */
export const unsettledShow = ({ breakoutId, accountId, startRequestedAt, earlierLegs, finalisedAt }: Breakout): UnsettledShow | undefined => {
  const since = earlierLegs?.[0]?.startRequestedAt ?? startRequestedAt;
  return since === undefined || finalisedAt !== undefined ? undefined : { breakoutId, accountId, since };
};
