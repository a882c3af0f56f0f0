import type { ListedSession, SessionDetail } from '../../pipelines/cam-control.ts';
import type { StreamSession } from './stream-session.ts';

// The service keeps no more events of a session, the newest: https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StreamSession.html
const mostEvents = 500;

const watchable: readonly string[] = ['Stream Start', 'Stream End'];

/**
 * Whether these are all events of a session, and none says that viewers could watch it: "a stream was initiated but failed to go live,
 * e.g. due to misconfiguration or limit breach", https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html.
 */
const neverWentLive = (events: SessionDetail['events']): boolean =>
  events.length > 0 && events.length < mostEvents && !events.some(({ name }) => watchable.includes(name));

/** What a session's events say of how it went. */
export const outcomeOf = ({ endedAt }: ListedSession, events: SessionDetail['events']): Pick<StreamSession, 'isNeverLive' | 'isUnrecorded'> => ({
  ...(events.some(({ name }) => name === 'Recording Start Failure') ? { isUnrecorded: true } : {}),
  ...(endedAt !== undefined && neverWentLive(events) ? { isNeverLive: true } : {}),
});
