import { joinAudiences, joinByKey, peakOf, type Audience, type MinuteSessions } from '../../../lambda/domain/audience/audience.ts';
import type { AudienceLevel, AudienceStore } from '../../../lambda/domain/audience/audience-store.ts';

/** Keeps audiences in memory. */
export const memoryAudienceStore = (): AudienceStore => {
  const audiences = new Map<string, Audience>();
  const minutes = new Map<string, MinuteSessions>();
  const nameOf = ({ kind, id }: AudienceLevel): string => `${kind}#${id}`;
  return {
    addressKey: async () => new Uint8Array(32),
    join: async (level, month, seen) => {
      const key = `${nameOf(level)}#${month}`;
      const before = audiences.get(key);
      audiences.set(key, before ? joinAudiences(before, seen) : seen);
    },
    joinMinutes: async (level, seen) => {
      const joined = joinByKey(minutes.get(nameOf(level)) ?? new Map(), seen);
      minutes.set(nameOf(level), joined);
      return peakOf(new Map([...joined].filter(([at]) => seen.has(at))));
    },
    read: async (level, month) => {
      const [first, ...rest] = [...audiences].filter(([key]) => key.startsWith(`${nameOf(level)}#${month ?? ''}`)).map(([, audience]) => audience);
      return first && rest.reduce(joinAudiences, first);
    },
  };
};
