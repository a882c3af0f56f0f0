import type { Breakout } from '../breakouts/breakout.ts';
import type { StreamSession, StreamSessionStore } from '../breakouts/cam/stream-session.ts';
import type { ShowRun } from '../breakouts/channel-run.ts';
import { later, secondsAfter, timestamp } from '../shared/time.ts';
import { isGuarded, stopUnfed, type StopUnfedDeps } from './guard-no-input.ts';

/** What stopping a Cam show that nobody streams to needs. */
export interface GuardNoStreamDeps extends StopUnfedDeps {
  readonly sessions: Pick<StreamSessionStore, 'list'>;
}

/** Since when nobody has streamed; undefined = somebody does. */
const unfedSince = (armedAt: string, sessions: readonly StreamSession[]): string | undefined =>
  sessions.some(({ endedAt }) => endedAt === undefined) ? undefined : sessions.reduce((latest, { endedAt = latest }) => later(latest, endedAt), armedAt);

/**
 * Stops a Cam show whose booked end has passed and to which nobody has streamed for too long, and says so in its log. Until
 * then the pipeline is its own, and being armed costs nothing. The service's list of sessions is complete, so that there is no
 * doubt. Answers whether it did. Repeatable.
 */
export const guardNoStream =
  (deps: GuardNoStreamDeps) =>
  async (breakout: Breakout, run: ShowRun | undefined): Promise<boolean> => {
    const at = timestamp(deps.now());
    if (!isGuarded(deps, breakout) || run?.started === undefined || at < breakout.endsAt) return false;
    const sessions = (await deps.sessions.list(breakout.breakoutId)).filter(({ attempt }) => attempt === breakout.attempt);
    const since = unfedSince(run.started.at, sessions);
    if (since === undefined || at < secondsAfter(since, deps.noInputStopSeconds)) return false;
    const minutes = Math.round(deps.noInputStopSeconds / 60);
    return stopUnfed(deps, breakout, `the booked end has passed, and nobody has streamed for ${minutes} minutes: the show is stopped and its stream key is void`);
  };
