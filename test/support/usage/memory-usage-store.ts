import { UnavailableError } from '../../../lambda/domain/shared/errors.ts';
import { sumMeasures, type Measures } from '../../../lambda/domain/usage/measures.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import type { ProfileHead } from '../../../lambda/domain/usage/usage-profile.ts';
import { allMonths, type HeadMove, type UsageLevel, type UsageStore } from '../../../lambda/domain/usage/usage-store.ts';

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
  const linesUnder = new Map<string, readonly UsageLine[]>();
  const moves: HeadMove[] = [];
  const versionKey = ({ breakoutId, month, version, fingerprint }: ProfileHead): string => `${breakoutId} ${month} ${version} ${fingerprint}`;
  const add = (key: string, difference: Measures, asOf: string): void => {
    levels.set(key, { measures: sumMeasures([levels.get(key)?.measures ?? {}, difference]), asOf });
  };
  const apply = (move: HeadMove): boolean => {
    const { head, difference, platformDifference } = move;
    if ((heads.get(`${head.breakoutId} ${head.month}`)?.version ?? 0) !== head.version - 1) return false;
    heads.set(`${head.breakoutId} ${head.month}`, head);
    add(`${head.breakoutId} ${allMonths}`, difference, head.asOf);
    for (const period of [head.month, allMonths]) {
      add(`${head.eventId} ${period}`, difference, head.asOf);
      add(`${head.accountId} ${period}`, difference, head.asOf);
      add(`PLATFORM ${period}`, platformDifference, head.asOf);
    }
    moves.push(move);
    return true;
  };
  const level = (key: string): UsageLevel => levels.get(key) ?? { measures: {} };
  const lost = (): UnavailableError => new UnavailableError({ code: 'lost', message: 'the answer was lost' });
  return {
    moves,
    linesUnder,
    head: async (breakoutId, month) => {
      const head = heads.get(`${breakoutId} ${month}`);
      await pause();
      return head;
    },
    heads: async (breakoutId) => [...heads.values()].filter((head) => head.breakoutId === breakoutId).sort((a, b) => (a.month < b.month ? -1 : 1)),
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
  };
};
