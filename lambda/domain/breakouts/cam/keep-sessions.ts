import type { ListedSession, SessionDetail, StreamWatch } from '../../pipelines/cam-control.ts';
import { type Now, timestamp, wholeSecond } from '../../shared/time.ts';
import type { CamRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import type { CamRun } from './cam-run.ts';
import { isAllKnown, mayHaveNews, newsFrom } from './session-news.ts';
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
  /** None is listed that began later. */
  readonly isLast: boolean;
}

/** How closely sessions are looked at. */
export interface SessionLook {
  /** The stream that something is told of: its session is read first, also where all of it seemed known. @default none */
  readonly told?: string;
  /** How many sessions are read at most; the others are read by the next look. @default 20 */
  readonly mostRead?: number;
}

// Four seconds of the five calls a second that the service takes, https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html,
// for an encoder that comes and goes: whoever looks each minute has more pipelines to look at.
const mostReadAtOnce = 20;

const isNewsOf = (known: StreamSession, { endedAt, hasErrors }: ListedSession): boolean =>
  (endedAt !== undefined && endedAt !== known.endedAt) || (hasErrors && !known.hasErrors);

/** The sessions to read now: the one that something is told of, then those of which there may be news, the newest first. */
const toRead = (sessions: readonly StreamSession[], at: string, { told, mostRead = mostReadAtOnce }: SessionLook): readonly StreamSession[] => {
  const others = sessions.filter((session) => session.streamId !== told && mayHaveNews(session, at));
  return [...sessions.filter(({ streamId }) => streamId === told), ...others].slice(0, mostRead);
};

/** The sessions of a run as they are listed now, the newest first; those that are new or have ended are kept. */
const keepListed = async ({ sessions, streams }: KeepSessionsDeps, run: CamRun): Promise<readonly StreamSession[]> => {
  const { breakoutId, attempt, pipelineId, channel: { channelArn }, ended } = run;
  const known = (await sessions.list(breakoutId)).filter((session) => session.attempt === attempt);
  const listed = await streams.sessions(channelArn, wholeSecond(newsFrom(run, known)));
  const own: StreamSession[] = [];
  for (const one of listed.filter(({ startedAt }) => isOfRun(run, startedAt) && (ended === undefined || startedAt < ended.at))) {
    const before = known.find(({ streamId }) => streamId === one.streamId);
    const isNews = before === undefined || isNewsOf(before, one);
    own.push(isNews ? await sessions.keep({ breakoutId, attempt, pipelineId, channelArn, ...before, ...one }) : before);
  }
  return own;
};

const readSession = async ({ sessions, streams }: KeepSessionsDeps, { isNeverLive: _before, ...session }: StreamSession): Promise<Omit<KeptSession, 'isLast'>> => {
  const { source, events = [] } = (await streams.session(session.channelArn, session.streamId)) ?? {};
  return { session: await sessions.keep({ ...session, ...(source === undefined ? {} : { source }), ...outcomeOf(session, events) }), events };
};

/**
 * Brings the kept sessions of a show into line with what the service lists of them: those that began while its pipeline
 * was armed, with their times, and then what happened in those of which there may be news. The service remembers for 60 days,
 * so that events that are late, lost or told twice change nothing; they only wake. A show of a Pro pipeline has none. Repeatable.
 * @returns the sessions that were read @throws NotFoundError, UnavailableError; what was listed by then is kept
 */
export const keepSessions =
  (deps: KeepSessionsDeps) =>
  async ({ breakoutId, attempt }: Show, look: SessionLook = {}): Promise<readonly KeptSession[]> => {
    const run = await deps.camRuns.get(breakoutId, attempt);
    if (run === undefined) return [];
    const own = await keepListed(deps, run);
    const at = timestamp(deps.now());
    const kept: KeptSession[] = [];
    // One after the other: the service takes five calls a second.
    for (const session of toRead(own, at, look)) kept.push({ ...(await readSession(deps, session)), isLast: session.streamId === own[0]?.streamId });
    return kept;
  };

/** Keeps that all that was read of a session at a time is noted: it is read again when there may be more. Until then it is as if it had not been read. */
export const keepNoted = async ({ sessions }: Pick<KeepSessionsDeps, 'sessions'>, kept: KeptSession, at: string): Promise<void> => {
  await sessions.keep({ ...kept.session, readAt: at, ...(isAllKnown(kept, at) ? { isSettled: true } : {}) });
};
