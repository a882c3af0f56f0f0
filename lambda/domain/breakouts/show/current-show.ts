import { isHeldBy, type PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import type { Pipeline, PipelineRegistry } from '../../pipelines/pipeline.ts';
import { ConflictError } from '../../shared/errors.ts';
import type { Breakout } from '../breakout.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import type { Show } from '../show-executions.ts';
import { pipelineIdOf } from '../show-leg.ts';
import { requireAttempt } from './change-show.ts';

/** What finding out about a show needs. */
export interface CurrentShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
}

/** A show with what it runs on. */
export interface CurrentShow {
  readonly breakout: Breakout;
  /** The pipeline of this attempt, also where the show has gone over to another one. */
  readonly pipeline: Pipeline;
  /** Whether the pipeline is this attempt's: only then may its channel be touched. */
  readonly holdsPipeline: boolean;
}

/** Looks a show up. @throws NotFoundError */
export const findShow =
  ({ breakouts, pipelines, holds }: CurrentShowDeps) =>
  async (show: Show): Promise<CurrentShow> => {
    const breakout = await breakouts.get(show.breakoutId);
    const pipelineId = pipelineIdOf(breakout, show.attempt);
    const [pipeline, hold] = await Promise.all([pipelines.get(pipelineId), holds.get(pipelineId)]);
    return { breakout, pipeline, holdsPipeline: isHeldBy(hold, show) };
  };

/**
 * Looks up a show that is to go on air: at this attempt, not aborted, and with its pipeline.
 * @throws ConflictError `pipeline-not-held`: an execution whose claim was undone must not touch a channel;
 * `attempt-over`: the show has gone over to another pipeline; `show-aborted`
 */
export const findHoldingShow =
  (deps: CurrentShowDeps) =>
  async (show: Show): Promise<CurrentShow> => {
    const current = await findShow(deps)(show);
    const { breakout, pipeline, holdsPipeline } = current;
    requireAttempt(breakout, show);
    const details = { status: breakout.status };
    if (breakout.stopReason === 'ABORTED') {
      throw new ConflictError({ code: 'show-aborted', message: `${show.breakoutId} was aborted at ${breakout.stopRequestedAt ?? 'its start'}`, details });
    }
    if (holdsPipeline) return current;
    throw new ConflictError({
      code: 'pipeline-not-held',
      message: `attempt ${show.attempt} of ${show.breakoutId} does not hold pipeline ${pipeline.pipelineId}: its claim was undone or has ended`,
      details,
    });
  };
