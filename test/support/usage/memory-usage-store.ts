import { UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { sumMeasures, type Measures } from '../../../lambda/domain/usage/measures.ts';
import { sumMetered, type MeteredTotals } from '../../../lambda/domain/usage/metered-totals.ts';
import { accountOf, ownerIdOf, type ProfileOwner, type ProfileRef } from '../../../lambda/domain/usage/profile-owner.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import type { ProfileHead } from '../../../lambda/domain/usage/usage-profile.ts';
import { allMonths, type HeadMove, type UsageLevel, type UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { memoryOwnLineMonths } from './memory-own-line-months.ts';
import { memoryUsageLedger } from './memory-usage-ledger.ts';

/** What goes wrong with the next write: not at all, before it was done, or after. */
export type Mishap = 'none' | 'lost-before' | 'lost-after';

/** Keeps usage in memory as the table does: one transaction at a time, others may come between read and write. */
export interface MemoryUsageStore extends UsageStore {
  readonly moves: HeadMove[];
  readonly linesUnder: Map<string, readonly UsageLine[]>;
}

/** A store in memory. `mishap` decides what happens to each transaction; `pause` lets others run. */
export const memoryUsageStore = (mishap: () => Mishap = () => 'none', pause: () => Promise<void> = () => Promise.resolve()): MemoryUsageStore => {
  const heads = new Map<string, ProfileHead>();
  const levels = new Map<string, UsageLevel>();
  const ledger = memoryUsageLedger();
  const { count: countBooking, ...ownLineMonths } = memoryOwnLineMonths();
  const linesUnder = new Map<string, readonly UsageLine[]>();
  const moves: HeadMove[] = [];
  const skus = new Map<string, MeteredTotals>();
  const headKey = (owner: ProfileRef, month: string): string => `${ownerIdOf(owner)} ${month}`;
  const versionKey = ({ owner, month, version, fingerprint }: ProfileHead): string => `${ownerIdOf(owner)} ${month} ${version} ${fingerprint}`;
  const add = (key: string, difference: Measures, asOf: string): void => {
    levels.set(key, { measures: sumMeasures([levels.get(key)?.measures ?? {}, difference]), asOf });
  };
  const count = (name: string, difference: MeteredTotals): void => {
    skus.set(name, sumMetered(skus.get(name) ?? {}, difference));
  };
  const over = (owner: ProfileOwner): readonly string[] => {
    if (owner.kind === 'PLATFORM') return ['OVERHEADS'];
    return owner.kind === 'BREAKOUT' ? [owner.eventId, owner.accountId] : [owner.accountId];
  };
  const apply = (move: HeadMove): boolean => {
    const { head, difference, platformDifference, meteredDifference, platformMeteredDifference } = move;
    const { owner, month } = head;
    if ((heads.get(headKey(owner, month))?.version ?? 0) !== head.version - 1 || !ledger.accepts(move)) return false;
    ledger.book(move);
    countBooking(move);
    heads.set(headKey(owner, month), head);
    if (owner.kind === 'BREAKOUT') add(`${owner.breakoutId} ${allMonths}`, difference, head.asOf);
    for (const period of [month, allMonths]) {
      for (const name of over(owner)) add(`${name} ${period}`, difference, head.asOf);
      add(`PLATFORM ${period}`, sumMeasures([difference, platformDifference]), head.asOf);
      if (Object.keys(platformDifference).length > 0) add(`OVERHEADS ${period}`, platformDifference, head.asOf);
    }
    const accountId = accountOf(owner);
    if (accountId !== undefined) count(`${accountId} ${month}`, meteredDifference);
    count(`PLATFORM ${month}`, sumMetered(meteredDifference, platformMeteredDifference));
    moves.push(move);
    return true;
  };
  const level = (key: string): UsageLevel => levels.get(key) ?? { measures: {} };
  const lost = (): UnavailableError => new UnavailableError({ code: 'lost', message: 'the answer was lost' });
  return {
    ...ledger,
    ...ownLineMonths,
    moves,
    linesUnder,
    head: async (owner, month) => {
      const head = heads.get(headKey(owner, month));
      await pause();
      return head;
    },
    heads: async (breakoutId) => [...heads.values()].filter(({ owner }) => ownerIdOf(owner) === breakoutId).sort((a, b) => (a.month < b.month ? -1 : 1)),
    ownHeads: async (accountId, month) =>
      [...heads.values()]
        .filter((head) => head.owner.kind !== 'BREAKOUT' && accountOf(head.owner) === accountId && head.month === month)
        .sort((a, b) => (ownerIdOf(a.owner) < ownerIdOf(b.owner) ? -1 : 1)),
    writeLines: async (head, lines) => {
      await pause();
      linesUnder.set(versionKey(head), lines);
    },
    move: async (move) => {
      await pause();
      const what = mishap();
      if (what === 'lost-before') throw lost();
      const isMoved = apply(move);
      if (what === 'lost-after') throw lost();
      return isMoved;
    },
    lines: async (head, { limit, after }) => {
      const lines = [...(linesUnder.get(versionKey(head)) ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1)).filter(({ key }) => after === undefined || key > after);
      const last = lines.length > limit ? lines[limit - 1] : undefined;
      return last ? { items: lines.slice(0, limit), next: last.key } : { items: lines };
    },
    breakoutUsage: async (breakoutId, period) => {
      if (period === allMonths) return level(`${breakoutId} ${allMonths}`);
      const head = heads.get(`${breakoutId} ${period}`);
      return head ? { measures: head.totals, asOf: head.asOf } : { measures: {} };
    },
    eventUsage: async (eventId, period) => level(`${eventId} ${period}`),
    accountUsage: async (accountId, period) => level(`${accountId} ${period}`),
    platformUsage: async (period) => level(`PLATFORM ${period}`),
    overheads: async (period) => level(`OVERHEADS ${period}`),
    metered: async (accountId, month) => skus.get(`${accountId ?? 'PLATFORM'} ${month}`) ?? {},
  };
};
