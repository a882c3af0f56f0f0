import { outcomeOf } from '../../../lambda/domain/breakouts/cam/session-outcome.ts';
import type { StreamSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import type { StreamWatch } from '../../../lambda/domain/pipelines/cam-control.ts';

type Outcome = Pick<StreamSession, 'isNeverLive' | 'isUnrecorded'>;

/** What the sessions of a channel come to, as whatever serves streams tells of them: the fake one and local IVS are held to the same. */
export const outcomesOfSessions = async (streams: Pick<StreamWatch, 'session' | 'sessions'>, channelArn: string): Promise<readonly Outcome[]> => {
  const sessions = await streams.sessions(channelArn, '2000-01-01T00:00:00.000Z');
  return Promise.all(sessions.map(async (session) => outcomeOf(session, (await streams.session(channelArn, session.streamId))?.events ?? [])));
};

/** Of a stream that came, was live and went. */
export const liveOutcome: Outcome = {};
/** Of one that was refused for what it sent. */
export const neverLiveOutcome: Outcome = { isNeverLive: true };
/** Of one that was live, and could not be recorded. */
export const unrecordedOutcome: Outcome = { isUnrecorded: true };
