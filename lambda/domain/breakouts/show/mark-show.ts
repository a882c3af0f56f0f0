import { type PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import { timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { Show } from '../show-executions.ts';
import { pipelineIdOf } from '../show-leg.ts';
import { revised, transitioned } from '../transition.ts';
import { changeShow, type ChangeShowDeps, isAtAttempt } from './change-show.ts';
import { noteShow, type NoteShowDeps } from './note-show.ts';

/** What changing a show's state needs. */
export interface MarkShowDeps extends ChangeShowDeps, NoteShowDeps {}

/** The show is on: STARTING becomes RUNNING. Repeatable. @throws ConflictError */
export const markRunning =
  (deps: MarkShowDeps) =>
  async (show: Show): Promise<void> => {
    const breakout = await changeShow(deps, show, (current, at) =>
      current.status === 'RUNNING' ? current : transitioned(current, 'RUNNING', { startedAt: current.startedAt ?? at }, at),
    );
    await noteShow(deps, breakout, { type: 'SHOW', name: 'STARTED', at: timestamp(deps.now()), message: `the show is on, on pipeline ${breakout.pipelineId}` });
  };

const stopMessages: Readonly<Record<NonNullable<Breakout['stopReason']>, string>> = {
  REQUESTED: 'the show was told to stop',
  HARD_STOP: 'the show came to its hard stop',
  ABORTED: 'the show was aborted',
  NO_INPUT: 'nobody fed the show',
};

/** Notes that a show was told to stop, and by what. */
export const noteStopRequest = async (deps: NoteShowDeps, breakout: Breakout): Promise<void> => {
  const { stopReason = 'REQUESTED', stopRequestedAt: at = breakout.updatedAt } = breakout;
  const message = stopMessages[stopReason];
  await noteShow(deps, breakout, { type: 'SHOW', name: 'STOP_REQUESTED', at, message });
  if (stopReason === 'HARD_STOP') await noteShow(deps, breakout, { type: 'GUARD', name: 'HARD_STOP', at, message });
};

/** The show is being stopped. Repeatable. @throws ConflictError */
export const markStopping =
  (deps: MarkShowDeps) =>
  async (show: Show): Promise<void> => {
    const breakout = await changeShow(deps, show, (current, at) => {
      if (current.status === 'STOPPING' || current.status === 'COMPLETED') return current;
      return transitioned(current, 'STOPPING', { stopRequestedAt: current.stopRequestedAt ?? at }, at);
    });
    await noteStopRequest(deps, breakout);
  };

/** Gives the pipeline and its booking back. Repeatable. */
export const releasePipeline =
  (deps: Pick<ChangeShowDeps, 'breakouts'> & { readonly holds: Pick<PipelineHolds, 'release'> }) =>
  async (show: Show): Promise<void> => {
    const breakout = await deps.breakouts.get(show.breakoutId);
    await deps.holds.release({ pipelineId: pipelineIdOf(breakout, show.attempt), ...show });
  };

/** The usage is settled and the show is closed for good; a show that has gone on since is not. Repeatable. */
export const markFinal =
  (deps: ChangeShowDeps) =>
  async (show: Show): Promise<void> => {
    if (!isAtAttempt(await deps.breakouts.get(show.breakoutId), show)) return;
    await changeShow(deps, show, (breakout, at) => (breakout.finalisedAt === undefined ? revised(breakout, { finalisedAt: at }, at) : breakout));
  };
