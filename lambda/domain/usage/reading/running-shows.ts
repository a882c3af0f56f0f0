import type { PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import type { PipelineRegistry } from '../../pipelines/pipeline.ts';
import type { ShowEstimate } from './estimate-show.ts';
import type { Breakout } from '../../breakouts/breakout.ts';
import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import { isPartOf, type UsageSubject } from './usage-subject.ts';

/** What finding the shows on the air needs. */
export interface RunningShowsDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly estimate: (breakout: Breakout) => Promise<ShowEstimate | undefined>;
}

/**
 * The estimates of the shows of an event, an account or the platform that are on the air, by pipeline: found by what
 * pipelines are held for, so that the cost is that of the pipelines and not of all shows ever.
 */
export const runningShows =
  ({ breakouts, pipelines, holds, estimate }: RunningShowsDeps) =>
  async (subject: UsageSubject): Promise<readonly ShowEstimate[]> => {
    const found = await Promise.all(
      (await pipelines.list()).map(async ({ pipelineId }) => {
        const hold = await holds.get(pipelineId);
        if (hold === undefined || (subject.kind === 'ACCOUNT' && subject.accountId !== hold.accountId)) return [];
        const breakout = await breakouts.get(hold.breakoutId);
        if (!isPartOf(subject, breakout) || breakout.pipelineId !== pipelineId) return [];
        return (await estimate(breakout)) ?? [];
      }),
    );
    return found.flat();
  };
