import { couldBeWatched, type StreamSession } from '../../breakouts/cam/stream-session.ts';
import type { ShowLogEntry } from '../../breakouts/log/show-log.ts';
import { secondsAfter } from '../../shared/time.ts';
import { streamOf } from './stream-facts.ts';

// An encoder that is refused for what it sends comes back every few seconds, for as long as it is let.
const backSeconds = 60;

const isLostAgain = (sessions: readonly StreamSession[], own: StreamSession, { at }: ShowLogEntry, heardFrom: string): boolean =>
  at < secondsAfter(own.startedAt, backSeconds) &&
  sessions.some((other) => other.startedAt < own.startedAt && couldBeWatched(other) && other.endedAt !== undefined && other.endedAt >= heardFrom);

const isUnrecordedAgain = (sessions: readonly StreamSession[], own: StreamSession): boolean =>
  own.isUnrecorded === true && sessions.findLast((other) => other.startedAt < own.startedAt && couldBeWatched(other))?.isUnrecorded === true;

/**
 * Whether subscribers know of a loss by the stream before: it was lost, too, and this one was not there for a minute; or
 * neither could be recorded. `sessions`: the show's, by start; `heardFrom`: from when on losses are
 * announced, undefined = they are not.
 */
export const isKnownLoss = (sessions: readonly StreamSession[], entry: ShowLogEntry, heardFrom: string | undefined): boolean => {
  const own = sessions.find(({ streamId }) => streamId === streamOf(entry));
  if (own === undefined || heardFrom === undefined) return false;
  if (entry.type === 'INPUT' && entry.name === 'LOST') return isLostAgain(sessions, own, entry, heardFrom);
  return entry.type === 'RECORDING' && entry.name === 'FAILED' && isUnrecordedAgain(sessions, own);
};
