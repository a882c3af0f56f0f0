import { accountOf, ownerIdOf, type ProfileOwner } from '../../../lambda/domain/usage/profile-owner.ts';
import type { ProfileVersion, UsageHistory } from '../../../lambda/domain/usage/usage-history.ts';
import type { HeadMove } from '../../../lambda/domain/usage/usage-store.ts';
import { pageOf } from '../shows/memory-plans.ts';

const placeOf = ({ head: { month, version } }: ProfileVersion): string => `${month}#V${String(version).padStart(6, '0')}`;

/** The versions that moves in memory have made. */
export const memoryUsageHistory = (moves: readonly HeadMove[]): UsageHistory => {
  const versions = (): readonly ProfileVersion[] => moves.map(({ head, series }) => ({ head, series }));
  return {
    versions: async (breakoutId, page, month) =>
      pageOf(versions().filter(({ head }) => ownerIdOf(head.owner) === breakoutId && (month === undefined || head.month === month)), placeOf, page),
    months: async (level) => {
      const isUnder = (owner: ProfileOwner): boolean => {
        if (level.kind === 'PLATFORM') return true;
        return level.kind === 'EVENT' ? owner.kind === 'BREAKOUT' && owner.eventId === level.eventId : accountOf(owner) === level.accountId;
      };
      return [...new Set(versions().filter(({ head }) => isUnder(head.owner)).map(({ head }) => head.month))].sort();
    },
    version: async (owner, month, version) =>
      versions().find(({ head }) => ownerIdOf(head.owner) === ownerIdOf(owner) && head.month === month && head.version === version),
  };
};
