import type { PastHolds } from '../pipelines/pipeline-hold.ts';
import { startOverSeconds, type Pipeline } from '../pipelines/pipeline.ts';
import { ConflictError } from '../shared/errors.ts';
import { millisecondsOf, secondsAfter, timestamp } from '../shared/time.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { legsOf } from './show-leg.ts';

/** What knowing the shows before this one needs. */
export interface EarlierShowsDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pastHolds: PastHolds;
}

/** When the last channel run of another show on the pipeline ended; shows follow one another, so that no earlier one ended later. */
const lastStop = async (deps: EarlierShowsDeps, pipelineId: string, breakoutId: string, at: string): Promise<string | undefined> => {
  const hold = await deps.pastHolds.lastClaimed(pipelineId, at);
  if (hold === undefined) return undefined;
  const legs = hold.breakoutId === breakoutId ? [] : legsOf(await deps.breakouts.get(hold.breakoutId));
  const stoppedAt = legs.find(({ attempt }) => attempt === hold.attempt)?.stoppedAt;
  return stoppedAt ?? lastStop(deps, pipelineId, breakoutId, timestamp(millisecondsOf(hold.claimedAt) - 1));
};

/**
 * Refuses a pipeline whose packager still has the segments of another show: with a start-over window they are in no manifest of this
 * one, but whoever guesses their names would get them. @throws ConflictError `pipeline-starts-over` with when it is free of them
 */
export const requireShownOut =
  (deps: EarlierShowsDeps) =>
  async (pipeline: Pipeline, breakoutId: string, at: string): Promise<void> => {
    const seconds = startOverSeconds(pipeline);
    if (seconds === 0) return;
    const stoppedAt = await lastStop(deps, pipeline.pipelineId, breakoutId, at);
    const freeAt = stoppedAt === undefined ? at : secondsAfter(stoppedAt, seconds);
    if (at >= freeAt) return;
    throw new ConflictError({
      code: 'pipeline-starts-over',
      message: `pipeline ${pipeline.pipelineId} keeps the show that ended on it at ${String(stoppedAt)} until ${freeAt}, for its start-over window has ${seconds} s, and it is ${at}: start then, or on another pipeline`,
      details: { pipelineId: pipeline.pipelineId, freeAt },
    });
  };
