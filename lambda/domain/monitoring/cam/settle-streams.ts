import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import type { Breakout } from '../../breakouts/breakout.ts';
import { keepNoted, keepSessions, type KeepSessionsDeps, type KeptSession } from '../../breakouts/cam/keep-sessions.ts';
import { explanationSeconds } from '../../breakouts/cam/session-news.ts';
import type { StreamSession } from '../../breakouts/cam/stream-session.ts';
import type { ShowLog, ShowLogEntry } from '../../breakouts/log/show-log.ts';
import type { Losses } from '../../shared/losses.ts';
import { secondsAfter, timestamp, wholeSecond } from '../../shared/time.ts';
import { announcedFrom, type Announcements, announcementsOf } from '../announcements.ts';
import type { HoldingShow, ToldEntry } from '../settle-log.ts';
import { clearAlerts } from './clear-alerts.ts';
import { isKnownLoss } from './repeated-losses.ts';
import { isOfStop, type StreamFact, streamEntry } from './stream-facts.ts';
import { unwatchedFact } from './unwatched-session.ts';

/** What keeping sessions and noting what happened in them needs. */
export interface SettleStreamsDeps extends KeepSessionsDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly log: Pick<ShowLog, 'entries' | 'note'>;
  readonly announcements: Announcements;
  readonly losses: Losses;
}

/** A stream that ends because the show was told to stop is no loss. */
const isNews = ({ attempt, stopRequestedAt }: Breakout, show: HoldingShow, entry: ToldEntry): boolean =>
  !isOfStop(entry) || stopRequestedAt === undefined || attempt !== show.attempt || entry.at < wholeSecond(stopRequestedAt);

const isUnrecorded = ({ type, name }: ShowLogEntry): boolean => type === 'RECORDING' && name === 'FAILED';

const noteAll = async (deps: SettleStreamsDeps, show: HoldingShow, sessions: readonly StreamSession[], facts: readonly StreamFact[]): Promise<boolean> => {
  const { breakouts, camRuns, log, announcements, losses } = deps;
  const { breakoutId, accountId, attempt } = show;
  const [breakout, run] = await Promise.all([breakouts.get(breakoutId), camRuns.get(breakoutId, attempt)]);
  const entries = facts.flatMap((fact) => streamEntry(fact) ?? []).filter((entry) => isNews(breakout, show, entry)).map((entry) => ({ ...entry, breakoutId, accountId, attempt }));
  const noted: ShowLogEntry[] = [];
  for (const entry of entries) if (await log.note(entry)) noted.push(entry);
  for (const { message } of noted.filter(isUnrecorded)) losses.tell({ kind: 'STREAM_UNRECORDED', breakoutId, message });
  const announced = noted.filter((entry) => !isKnownLoss(sessions, entry, run && announcedFrom(run)));
  for (const announcement of announcementsOf(breakout, run, announced)) await announcements.publish(announcement);
  return noted.length > 0;
};

// What an event says of these beside their names is in no list: it is waited for, unless it never comes.
const explained: readonly string[] = ['Ingest Bitrate', 'Ingest Resolution', 'Concurrent Broadcasts', 'Recording Start Failure', 'Recording End Failure', 'Stream Failure'];

const isToldYet = ({ name, at }: KeptSession['events'][number], now: string): boolean => !explained.includes(name) || now >= secondsAfter(at, explanationSeconds);

const factsOf = (kept: KeptSession, at: string): readonly StreamFact[] => {
  const { streamId } = kept.session;
  const unwatched = unwatchedFact(kept, at);
  return [...kept.events.filter((event) => isToldYet(event, at)).map((event) => ({ ...event, streamId })), ...(unwatched === undefined ? [] : [unwatched])];
};

// The stream that is told of, and one of which nothing was told: an encoder that comes and goes makes six events each time.
const mostReadAtHearing = 2;

/**
 * Keeps a show's sessions as the service lists them, and notes what happened in them: first what is told now, which says
 * more, then what was missed, in time for what says more. A fact of a stream that is not the show's is not noted. Answers whether what was told was
 * new. Repeatable. @throws NotFoundError, UnavailableError
 */
export const settleStreams =
  (deps: SettleStreamsDeps) =>
  async (show: HoldingShow, fact?: StreamFact): Promise<boolean> => {
    const at = timestamp(deps.now());
    const look = fact === undefined ? {} : { told: fact.streamId, mostRead: mostReadAtHearing };
    const told = fact === undefined ? [] : [fact];
    const kept = await keepSessions(deps)(show, look);
    const sessions = (await deps.sessions.list(show.breakoutId)).filter(({ attempt }) => attempt === show.attempt);
    const isNew = await noteAll(deps, show, sessions, told.filter((one) => sessions.some(({ streamId }) => streamId === one.streamId)));
    await noteAll(deps, show, sessions, kept.flatMap((one) => factsOf(one, at)));
    for (const one of kept) await keepNoted(deps, one, at);
    // Once a minute: a long log is not read at each event.
    if (fact === undefined) await clearAlerts(deps)(show);
    return isNew;
  };
