import { formatUsd } from '../../pricing/usd.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { Now } from '../../shared/time.ts';
import type { UsageHistory } from '../usage-history.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { chargeOf, costOf } from '../usage-view.ts';
import { allLines } from './all-lines.ts';
import { askedMonth } from './asked-period.ts';
import { lineDifferences, type LineDifference } from './line-difference.ts';

/** What reading versions needs. */
export interface ReadVersionsDeps {
  readonly history: UsageHistory;
  readonly usage: Pick<UsageStore, 'heads' | 'lines'>;
  readonly now: Now;
}

/** The versions of a breakout's usage, by month, each from the first on. @throws InvalidInputError */
export const listVersions =
  ({ history, now }: Pick<ReadVersionsDeps, 'history' | 'now'>) =>
  async (breakoutId: string, page: PageRequest, month?: string): Promise<Page<ProfileHead>> => {
    const checked = month === undefined ? undefined : askedMonth(month, now());
    const { items, next } = await history.versions(breakoutId, page, checked);
    const heads = items.map(({ head }) => head);
    return next === undefined ? { items: heads } : { items: heads, next };
  };

/** What changed between two versions of a month's usage. */
export interface VersionDifference {
  readonly breakoutId: string;
  readonly month: string;
  readonly from: ProfileHead;
  readonly to: ProfileHead;
  /** Signed: what the later costs, or is charged, more. */
  readonly usd: string;
  readonly chargeUsd: string;
  readonly words: string;
  readonly lines: readonly LineDifference[];
}

const versionOf = async ({ history }: ReadVersionsDeps, breakoutId: string, month: string, version: number, newest: number): Promise<ProfileHead> => {
  const found = await history.version({ kind: 'BREAKOUT', breakoutId }, month, version);
  if (found) return found.head;
  const allowed = newest === 0 ? 'nothing is booked in that month' : `expected 1 to ${newest}`;
  throw new NotFoundError({ code: 'usage-version-not-found', message: `usage of ${breakoutId} in ${month} has no version ${version}: ${allowed}`, details: { version, newest } });
};

const counted = (lines: readonly LineDifference[], change: LineDifference['change']): number => lines.filter((line) => line.change === change).length;

const summary = (from: ProfileHead, to: ProfileHead, lines: readonly LineDifference[]): string => {
  const was = formatUsd(costOf(from.totals));
  const is = formatUsd(costOf(to.totals));
  const count = `${counted(lines, 'ADDED')} lines added, ${counted(lines, 'REMOVED')} removed, ${counted(lines, 'CHANGED')} changed`;
  return `version ${from.version} (${from.status}, ${from.asOf}) to version ${to.version} (${to.status}, ${to.asOf}): ${count}; USD ${was} became ${is}`;
};

/**
 * What changed from one version of a breakout's month to another, line by line and in words; the newest month with
 * usage unless told, from the version before the newest to the newest unless told. @throws InvalidInputError, NotFoundError
 */
export const compareVersions =
  (deps: ReadVersionsDeps) =>
  async (breakoutId: string, asked: { readonly month?: string; readonly from?: number; readonly to?: number }): Promise<VersionDifference> => {
    const month = asked.month === undefined ? undefined : askedMonth(asked.month, deps.now());
    const heads = await deps.usage.heads(breakoutId);
    const head = month === undefined ? heads.at(-1) : heads.find((one) => one.month === month);
    const newest = head?.version ?? 0;
    const of = head?.month ?? month ?? 'any month';
    const to = asked.to ?? newest;
    const from = asked.from ?? Math.max(1, to - 1);
    const [before, after] = await Promise.all([versionOf(deps, breakoutId, of, from, newest), versionOf(deps, breakoutId, of, to, newest)]);
    const lines = lineDifferences(await allLines(deps.usage, before), await allLines(deps.usage, after));
    return {
      breakoutId,
      month: of,
      from: before,
      to: after,
      usd: formatUsd(costOf(after.totals) - costOf(before.totals)),
      chargeUsd: formatUsd(chargeOf(after.totals) - chargeOf(before.totals)),
      words: summary(before, after, lines),
      lines,
    };
  };
