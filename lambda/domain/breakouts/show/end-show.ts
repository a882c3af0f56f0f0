import type { PipelineRegistry } from '../../pipelines/pipeline.ts';
import { earlier, later, secondsAfter, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import type { ShowRun } from '../channel-run.ts';
import type { ShowRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { transitioned } from '../transition.ts';
import { changeShow } from './change-show.ts';
import { endMarks, type EndTimes, endTimes } from './end-times.ts';
import type { MarkShowDeps } from './mark-show.ts';
import { noteShow } from './note-show.ts';

/**
 * How an attempt at a show has ended. LEFT: the show goes on with another pipeline. RETURNED: nothing of it has touched
 * the pipeline, which is free again; the breakout is SCHEDULED.
 */
export type ShowOutcome = 'COMPLETED' | 'FAILED' | 'ABORTED' | 'LEFT' | 'RETURNED';

/** How an attempt has ended, and when what is left of it ends. */
export interface EndedShow extends EndTimes {
  readonly outcome: ShowOutcome;
  /** When its archive is converted, unless there is nothing to convert: see {@link convertsAtOf}. */
  readonly convertsAt: string;
}

/** What ending a show needs. */
export interface EndShowDeps extends MarkShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly runs: Pick<ShowRunStore, 'get'>;
  readonly settleSeconds: number;
}

/** The times of the end as the breakout keeps them: set once, so that asking again answers the same. */
export const timesOf = async (deps: EndShowDeps, show: Show, pipelineId: string, at: string): Promise<EndTimes> =>
  endTimes(await deps.runs.get(show.breakoutId, show.attempt), await deps.pipelines.get(pipelineId), deps.settleSeconds, at);

/**
 * When an archive is converted: when the channel is idle. A show that failed can go on with another pipeline until its
 * booked end, and would be converted again as a whole: it waits for that, but no longer than until its usage can be
 * final, however late it was booked to end.
 */
export const convertsAtOf = ({ status, endsAt, earlierLegs }: Breakout, { stoppedAt, tailEndsAt, settlesAt }: EndTimes, run: ShowRun | undefined): string => {
  const hasRun = run?.started !== undefined || earlierLegs !== undefined;
  const idleAt = stoppedAt ?? tailEndsAt;
  return hasRun && status === 'FAILED' ? later(idleAt, earlier(endsAt, settlesAt)) : idleAt;
};

/** When a show ended, for its log: the event that told of it has whole seconds, which may lie before the stop that it followed. */
const endedAt = ({ stoppedAt, stopRequestedAt, updatedAt }: Breakout): string => {
  if (stoppedAt === undefined) return updatedAt;
  return stopRequestedAt === undefined ? stoppedAt : later(stoppedAt, secondsAfter(stopRequestedAt, 0.001));
};

/** Notes how a show has ended: answers whether that was new. */
export const noteEnd = async (deps: EndShowDeps, breakout: Breakout): Promise<boolean> => {
  const { status, failure } = breakout;
  const at = endedAt(breakout);
  if (status === 'COMPLETED') return noteShow(deps, breakout, { type: 'SHOW', name: 'STOPPED', at, message: 'the show has stopped' });
  if (status === 'ABORTED') return noteShow(deps, breakout, { type: 'SHOW', name: 'ABORTED', at, message: 'the show has stopped and is not converted' });
  const outcome = status === 'FAILED' ? 'the show failed' : 'the show could not start and can be started again';
  return noteShow(deps, breakout, { type: 'SHOW', name: 'FAILED', at: timestamp(deps.now()), message: `${outcome}: ${failure?.message ?? 'no reason given'}` });
};

/** The channel is idle after a stop: the show is COMPLETED, or ABORTED where that was asked for. Repeating answers the same times. @throws ConflictError */
export const markStopped =
  (deps: EndShowDeps) =>
  async (show: Show): Promise<EndedShow> => {
    const { pipelineId, stoppedAt, updatedAt } = await deps.breakouts.get(show.breakoutId);
    const times = await timesOf(deps, show, pipelineId, stoppedAt ?? updatedAt);
    const breakout = await changeShow(deps, show, (current, at) => {
      if (current.status === 'COMPLETED' || current.status === 'ABORTED') return current;
      return transitioned(current, current.stopReason === 'ABORTED' ? 'ABORTED' : 'COMPLETED', endMarks(times), at);
    });
    await noteEnd(deps, breakout);
    return { ...times, outcome: breakout.status === 'ABORTED' ? 'ABORTED' : 'COMPLETED', convertsAt: times.stoppedAt ?? times.tailEndsAt };
  };
