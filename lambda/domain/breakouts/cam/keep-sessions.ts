import type { SessionDetail, StreamWatch } from '../../pipelines/cam-control.ts';
import { type Now, secondsAfter, timestamp, wholeSecond } from '../../shared/time.ts';
import type { CamRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { outcomeOf } from './session-outcome.ts';
import { isOfRun, type StreamSession, type StreamSessionStore } from './stream-session.ts';

/** What keeping a show's stream sessions needs. */
export interface KeepSessionsDeps {
  readonly camRuns: Pick<CamRunStore, 'get'>;
  readonly sessions: StreamSessionStore;
  readonly streams: Pick<StreamWatch, 'sessions' | 'session'>;
  readonly now: Now;
}

/** A session with what the service noted in it. */
export interface KeptSession {
  readonly session: StreamSession;
  readonly events: SessionDetail['events'];
}

// Its recording has ended by then as well: the reconnect window is five minutes at most.
const settlingSeconds = 600;

/** Whether all is known of a session. */
const isSettled = ({ endedAt }: StreamSession, now: string): boolean => endedAt !== undefined && now >= secondsAfter(endedAt, settlingSeconds);

/**
 * Brings the kept sessions of a show into line with what the service lists of them: those that began while its pipeline
 * was armed. The service remembers for 60 days, so that events that are late, lost or told twice change nothing; they
 * only wake. A show of a Pro pipeline has none. Repeatable.
 * @returns the sessions of which there may be news, the newest first @throws NotFoundError, UnavailableError
 */
export const keepSessions =
  ({ camRuns, sessions, streams, now }: KeepSessionsDeps) =>
  async ({ breakoutId, attempt }: Show): Promise<readonly KeptSession[]> => {
    const run = await camRuns.get(breakoutId, attempt);
    if (run === undefined) return [];
    const { pipelineId, channel: { channelArn }, requestedAt, ended } = run;
    const listed = await streams.sessions(channelArn, wholeSecond(requestedAt));
    const at = timestamp(now());
    const settled = (await sessions.list(breakoutId)).filter((session) => isSettled(session, at)).map(({ streamId }) => streamId);
    const own = listed.filter(({ streamId, startedAt }) => isOfRun(run, startedAt) && (ended === undefined || startedAt < ended.at) && !settled.includes(streamId));
    const kept: KeptSession[] = [];
    // One after the other: the service takes five calls a second.
    for (const one of own) {
      const { source, events = [] } = (await streams.session(channelArn, one.streamId)) ?? {};
      const session = { breakoutId, attempt, pipelineId, channelArn, ...one, ...(source === undefined ? {} : { source }), ...outcomeOf(one, events) };
      kept.push({ session: await sessions.keep(session), events });
    }
    return kept;
  };
