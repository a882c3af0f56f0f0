import type { LoggedAudience } from '../usage/access-log/audience-of-log.ts';
import type { AudienceLevel, AudienceStore } from './audience-store.ts';

/** Where a breakout's viewers count. */
export interface AudienceOwner {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
}

const levelsOf = ({ breakoutId, eventId, accountId }: AudienceOwner): readonly AudienceLevel[] => [
  { kind: 'BREAKOUT', id: breakoutId },
  { kind: 'EVENT', id: eventId },
  { kind: 'ACCOUNT', id: accountId },
];

/** Joins who watched a breakout, as a log file tells, to the audiences of the breakout, its event and its account. */
export const joinLoggedAudience = async (audiences: Pick<AudienceStore, 'join' | 'joinMinutes'>, owner: AudienceOwner, logged: readonly LoggedAudience[]): Promise<void> => {
  for (const { month, tally } of logged) {
    const joinAt = async (level: AudienceLevel): Promise<void> => {
      const peak = await audiences.joinMinutes(level, tally.minutes());
      await audiences.join(level, month, { ...tally.audience(), peak });
    };
    await Promise.all(levelsOf(owner).map(joinAt));
  }
};
