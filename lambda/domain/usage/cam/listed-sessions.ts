import { keepSessions, type KeepSessionsDeps } from '../../breakouts/cam/keep-sessions.ts';
import type { StreamSessionStore } from '../../breakouts/cam/stream-session.ts';
import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import { NotFoundError, UnavailableError } from '../../shared/errors.ts';
import type { CamSources, ShowRecord } from '../show-facts.ts';

/** Where the stream sessions of a show are read that nothing more is told of. */
export interface ListedCamSources extends CamSources {
  readonly runs: Pick<CamRunStore, 'get' | 'list'>;
  readonly sessions: StreamSessionStore;
  readonly streams: KeepSessionsDeps['streams'];
}

/** What bringing a show's sessions up to date needs. */
export interface ListedSessionsDeps {
  readonly cam: ListedCamSources;
  readonly now: () => Date;
}

/** Whether the service could be asked. A channel that is gone has no sessions any more: what is known of them stays. */
const isAsked = async (keep: Promise<unknown>): Promise<boolean> => {
  try {
    await keep;
  } catch (error) {
    if (error instanceof UnavailableError) return false;
    if (!(error instanceof NotFoundError)) throw error;
  }
  return true;
};

/** A show, and whether all is in it that the service tells. */
export interface ListedShow {
  readonly show: ShowRecord;
  /** False while the service takes no more calls, of which it takes five a second: the show has what was known. */
  readonly isListed: boolean;
}

/**
 * A show with its stream sessions as the service lists them now: an end, or a whole session, may be told after the show was
 * looked at last. One list a run, and a look at twenty sessions at most of which there may be more. A show of
 * Pro pipelines stays as it is.
 */
export const withListedSessions = async ({ cam, now }: ListedSessionsDeps, show: ShowRecord): Promise<ListedShow> => {
  if (show.camRuns.length === 0) return { show, isListed: true };
  const keep = keepSessions({ camRuns: cam.runs, sessions: cam.sessions, streams: cam.streams, now: () => now().getTime() });
  let isListed = true;
  for (const run of show.camRuns) isListed = isListed && (await isAsked(keep(run)));
  return { show: { ...show, sessions: await cam.sessions.list(show.breakout.breakoutId) }, isListed };
};
