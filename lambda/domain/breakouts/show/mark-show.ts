import { type Pipeline, type PipelineRegistry, playoutTailSeconds } from '../../pipelines/pipeline.ts';
import type { PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import { ceilMinute, later, secondsAfter } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { ChannelRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { hasEnded, revised, transitioned } from '../transition.ts';
import { changeShow, type ChangeShowDeps, isAtAttempt } from './change-show.ts';

/** The show is on: STARTING becomes RUNNING. Repeatable. @throws ConflictError */
export const markRunning =
  (deps: ChangeShowDeps) =>
  async (show: Show): Promise<void> => {
    await changeShow(deps, show, (breakout, at) => (breakout.status === 'RUNNING' ? breakout : transitioned(breakout, 'RUNNING', {}, at)));
  };

/** The show is being stopped. Repeatable. @throws ConflictError */
export const markStopping =
  (deps: ChangeShowDeps) =>
  async (show: Show): Promise<void> => {
    await changeShow(deps, show, (breakout, at) => {
      if (breakout.status === 'STOPPING' || breakout.status === 'COMPLETED') return breakout;
      return transitioned(breakout, 'STOPPING', { stopRequestedAt: breakout.stopRequestedAt ?? at }, at);
    });
  };

/** When what is left of a show ends. */
export interface StoppedShow {
  /** When the last viewer can have played the last segment. */
  readonly tailEndsAt: string;
  /** When the pipeline is free: minute-aligned metering windows of neighbours must not overlap. */
  readonly releasesAt: string;
  /** When usage can be final. */
  readonly settlesAt: string;
}

/** What ending a show needs. */
export interface MarkEndDeps extends ChangeShowDeps {
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'get'>;
}

const endMarks = async (deps: MarkEndDeps, show: Show, pipeline: Pipeline, at: string): Promise<{ stoppedAt: string; tailEndsAt: string }> => {
  const run = await deps.runs.get(show.breakoutId, show.attempt);
  const stoppedAt = run?.ended?.at ?? at;
  return { stoppedAt, tailEndsAt: secondsAfter(stoppedAt, playoutTailSeconds(pipeline)) };
};

/** The channel is idle: the show is COMPLETED. Repeating answers the same times. @throws ConflictError */
export const markStopped =
  (deps: MarkEndDeps & { readonly settleSeconds: number }) =>
  async (show: Show): Promise<StoppedShow> => {
    const { pipelineId, updatedAt } = await deps.breakouts.get(show.breakoutId);
    const marks = await endMarks(deps, show, await deps.pipelines.get(pipelineId), updatedAt);
    const breakout = await changeShow(deps, show, (current, at) =>
      current.status === 'COMPLETED' ? current : transitioned(current, 'COMPLETED', marks, at),
    );
    const { stoppedAt, tailEndsAt } = { ...marks, ...breakout };
    const releasesAt = ceilMinute(tailEndsAt);
    return { tailEndsAt, releasesAt, settlesAt: later(releasesAt, secondsAfter(stoppedAt, deps.settleSeconds)) };
  };

/** The show cannot go on and nothing of it runs any more: FAILED, with the reason. A show that has ended stays as it ended. */
export const markFailed =
  (deps: MarkEndDeps) =>
  async (show: Show, failure: NonNullable<Breakout['failure']>): Promise<void> => {
    const current = await deps.breakouts.get(show.breakoutId);
    if (!isAtAttempt(current, show)) return;
    const hasRun = (await deps.runs.get(show.breakoutId, show.attempt)) !== undefined;
    const marks = hasRun ? await endMarks(deps, show, await deps.pipelines.get(current.pipelineId), current.updatedAt) : {};
    await changeShow(deps, show, (breakout, at) =>
      hasEnded(breakout) ? breakout : transitioned(breakout, 'FAILED', { ...marks, failure }, at),
    );
  };

/** Gives the pipeline and the booking back. Repeatable. */
export const releasePipeline =
  (deps: ChangeShowDeps & { readonly holds: Pick<PipelineHolds, 'release'> }) =>
  async (show: Show): Promise<void> => {
    const { pipelineId } = await deps.breakouts.get(show.breakoutId);
    await deps.holds.release({ pipelineId, ...show });
  };

/** The usage is settled and the show is closed for good. Repeatable. @throws ConflictError */
export const markFinal =
  (deps: ChangeShowDeps) =>
  async (show: Show): Promise<void> => {
    await changeShow(deps, show, (breakout, at) => (breakout.finalisedAt === undefined ? revised(breakout, { finalisedAt: at }, at) : breakout));
  };
