import type { SessionDetail } from '../../pipelines/cam-control.ts';
import { later, secondsAfter } from '../../shared/time.ts';
import type { CamRun } from './cam-run.ts';
import type { KeptSession } from './keep-sessions.ts';
import type { StreamSession } from './stream-session.ts';

/** The session's events may be listed a moment after its end. */
export const listingSeconds = 30;

/** What an event says of a limit or a failure beside its name is in no list: it is waited for, unless it has not come by then. */
export const explanationSeconds = 60;

// A reconnect window is five minutes at most: the end of a recording that is not listed by then never will be.
const recordingSeconds = 600;

// How late the list may be of a session that is older than one that it has.
const lateSeconds = 600;

const recordingEnds: readonly string[] = ['Recording End', 'Recording End Failure', 'Recording Start Failure'];

/** Whether the end of a recording may be listed yet: within the reconnect window one goes on with the next stream, and ends with the last. */
const isRecording = (events: SessionDetail['events'], isLast: boolean): boolean =>
  (isLast || events.some(({ name }) => name === 'Recording Start')) && !events.some(({ name }) => recordingEnds.includes(name));

/** Whether all is known of a session by what was listed of it at a time. */
export const isAllKnown = ({ session: { endedAt }, events, isLast }: KeptSession, at: string): boolean => {
  if (endedAt === undefined) return false;
  const last = events.reduce((latest, event) => later(latest, event.at), endedAt);
  return at >= secondsAfter(last, isRecording(events, isLast) ? recordingSeconds : explanationSeconds);
};

/**
 * Whether there may be more of a session than was read: it goes on, has ended since, or its end has been over for as long as
 * what is said of it may take. Each session is asked for a few times in all, for the service takes five calls a second.
 */
export const mayHaveNews = ({ endedAt, readAt, isSettled }: Pick<StreamSession, 'endedAt' | 'isSettled' | 'readAt'>, at: string): boolean => {
  if (isSettled === true) return false;
  if (endedAt === undefined || readAt === undefined) return true;
  const moments = [endedAt, secondsAfter(endedAt, listingSeconds), secondsAfter(endedAt, explanationSeconds)];
  return at >= (moments.find((moment) => readAt < moment) ?? readAt);
};

/** From when on sessions have to be listed: all before is known, and was listed. `known`: the run's, by start. */
export const newsFrom = ({ requestedAt }: Pick<CamRun, 'requestedAt'>, known: readonly StreamSession[]): string => {
  const oldest = known.find(({ isSettled }) => isSettled !== true) ?? known.at(-1);
  return oldest === undefined ? requestedAt : later(requestedAt, secondsAfter(oldest.startedAt, -lateSeconds));
};
