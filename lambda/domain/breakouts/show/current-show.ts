import { isHeldBy, type PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import type { Pipeline, PipelineRegistry } from '../../pipelines/pipeline.ts';
import { ConflictError } from '../../shared/errors.ts';
import type { Breakout } from '../breakout.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import type { Show } from '../show-executions.ts';

/** What finding out about a show needs. */
export interface CurrentShowDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
}

/** A show with what it runs on. */
export interface CurrentShow {
  readonly breakout: Breakout;
  readonly pipeline: Pipeline;
  /** Whether the pipeline is this show's: only then may its channel be touched. */
  readonly holdsPipeline: boolean;
}

/** Looks a show up. @throws NotFoundError */
export const findShow =
  ({ breakouts, pipelines, holds }: CurrentShowDeps) =>
  async (show: Show): Promise<CurrentShow> => {
    const breakout = await breakouts.get(show.breakoutId);
    const [pipeline, hold] = await Promise.all([pipelines.get(breakout.pipelineId), holds.get(breakout.pipelineId)]);
    return { breakout, pipeline, holdsPipeline: isHeldBy(hold, show) };
  };

/**
 * Looks up a show that must have its pipeline.
 * @throws ConflictError `pipeline-not-held`: an execution whose claim was undone must not touch a channel
 */
export const findHoldingShow =
  (deps: CurrentShowDeps) =>
  async (show: Show): Promise<CurrentShow> => {
    const current = await findShow(deps)(show);
    if (current.holdsPipeline) return current;
    throw new ConflictError({
      code: 'pipeline-not-held',
      message: `attempt ${show.attempt} of ${show.breakoutId} does not hold pipeline ${current.breakout.pipelineId}: its claim was undone or has ended`,
      details: { status: current.breakout.status },
    });
  };
