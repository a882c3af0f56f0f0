import type { Losses } from '../../shared/losses.ts';
import { untilSaved } from '../../shared/revision.ts';
import { timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import type { ShowRun } from '../channel-run.ts';
import type { Show } from '../show-executions.ts';
import { pipelineIdOf } from '../show-leg.ts';
import { hasEnded, revised, transitioned, unmarked } from '../transition.ts';
import { isAtAttempt } from './change-show.ts';
import { convertsAtOf, type EndedShow, type EndShowDeps, noteEnd, timesOf } from './end-show.ts';
import { endMarks, type EndTimes } from './end-times.ts';
import { type ShowFailure, statusAfterFailure } from './start-failure.ts';

/** What ending a show that cannot go on needs. */
export interface EndFailedShowDeps extends EndShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save' | 'unclaim'>;
  readonly losses: Losses;
}

type Outcome = EndedShow['outcome'];

const outcomeOf = ({ status }: Breakout): Outcome => {
  if (status === 'COMPLETED' || status === 'ABORTED') return status;
  return status === 'SCHEDULED' ? 'RETURNED' : 'FAILED';
};

/** Keeps with a leg that the show has left when it ended. */
const leave = async (deps: EndFailedShowDeps, breakout: Breakout, { attempt }: Show, times: EndTimes): Promise<boolean> => {
  const { earlierLegs } = breakout;
  // A breakout that was reset, or whose claim was undone, knows nothing of the attempt any more.
  const leg = earlierLegs?.find((one) => one.attempt === attempt);
  if (earlierLegs === undefined || leg === undefined || leg.stoppedAt !== undefined) return true;
  const legs = earlierLegs.map((one) => (one === leg ? { ...one, ...endMarks(times) } : one));
  return deps.breakouts.save(revised(breakout, { earlierLegs: legs }, timestamp(deps.now())));
};

interface Ending {
  readonly times: EndTimes;
  readonly run: ShowRun | undefined;
  readonly failure: ShowFailure;
}

/** One try to end the attempt; undefined when someone else wrote meanwhile. */
const endOnce = async (deps: EndFailedShowDeps, breakout: Breakout, { times, run, failure }: Ending): Promise<Breakout | undefined> => {
  const at = timestamp(deps.now());
  const { pipelineId, breakoutId, attempt, accountId } = breakout;
  const status = statusAfterFailure(breakout, run, failure);
  if (status === 'SCHEDULED') {
    const next = transitioned(unmarked(breakout), status, { failure }, at);
    const hold = { pipelineId, breakoutId, attempt, accountId, claimedAt: breakout.startRequestedAt ?? at };
    return (await deps.breakouts.unclaim(next, hold)) ? next : undefined;
  }
  const next = transitioned(breakout, status, { ...endMarks(times), ...(status === 'FAILED' ? { failure } : {}) }, at);
  return (await deps.breakouts.save(next)) ? next : undefined;
};

/**
 * The attempt cannot go on and its channel is idle: says how it ended by {@link statusAfterFailure}. A show that has
 * ended stays as it ended, and one that has gone over to another pipeline goes on there. Repeatable.
 */
export const endFailedShow =
  (deps: EndFailedShowDeps) =>
  async (show: Show, failure: ShowFailure): Promise<EndedShow> =>
    untilSaved(`breakout ${show.breakoutId}`, async () => {
      const breakout = await deps.breakouts.get(show.breakoutId);
      const isPresent = isAtAttempt(breakout, show);
      const times = await timesOf(deps, show, pipelineIdOf(breakout, show.attempt), (isPresent ? breakout.stoppedAt : undefined) ?? timestamp(deps.now()));
      if (!isPresent) {
        const outcome: Outcome = breakout.status === 'SCHEDULED' && breakout.attempt === show.attempt ? 'RETURNED' : 'LEFT';
        return (await leave(deps, breakout, show, times)) ? { ...times, outcome, convertsAt: times.stoppedAt ?? times.tailEndsAt } : undefined;
      }
      const run = await deps.runs.get(show.breakoutId, show.attempt);
      const ended = hasEnded(breakout) ? breakout : await endOnce(deps, breakout, { times, run, failure });
      if (ended === undefined) return undefined;
      const outcome = outcomeOf(ended);
      const isNew = await noteEnd(deps, ended);
      if (isNew && (outcome === 'FAILED' || outcome === 'RETURNED')) deps.losses.tell({ kind: 'SHOW_FAILED', breakoutId: ended.breakoutId, message: ended.failure?.message ?? failure.message });
      return { ...times, outcome, convertsAt: convertsAtOf(ended, times, run) };
    });
