import { type StreamSession, type StreamSessionStore, withSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';

/** Stream sessions in memory. */
export const memoryStreamSessions = (): StreamSessionStore => {
  const kept = new Map<string, StreamSession>();
  return {
    list: async (breakoutId) =>
      [...kept.values()]
        .filter((session) => session.breakoutId === breakoutId)
        .sort((one, other) => one.attempt - other.attempt || one.startedAt.localeCompare(other.startedAt)),
    async keep(session) {
      const key = `${session.breakoutId} ${session.attempt} ${session.streamId}`;
      const next = withSession(kept.get(key), session);
      kept.set(key, next);
      return next;
    },
  };
};
