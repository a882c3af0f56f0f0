import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { findHoldingShow, type CurrentShowDeps } from '../breakouts/show/current-show.ts';
import { legsOf, pipelineIdOf } from '../breakouts/show-leg.ts';
import type { Show } from '../breakouts/show-executions.ts';
import type { PastHolds } from '../pipelines/pipeline-hold.ts';
import { manifestWindowSeconds, type PipelineRegistry, type ProPipeline } from '../pipelines/pipeline.ts';
import { millisecondsOf, type Now, timestamp } from '../shared/time.ts';
import { endCamTokens } from './cam/cam-access.ts';
import type { CamViewers } from './cam/cam-tokens.ts';
import { curtainOf } from './curtain.ts';
import type { EdgeHolders } from './edge-holders.ts';
import type { SessionRevocations } from './viewer-sessions.ts';
import type { ViewerSigningKeys } from './viewer-tokens.ts';

/** What opening the edge needs. */
export interface OpenEdgeDeps extends CurrentShowDeps {
  readonly pastHolds: PastHolds;
  readonly edge: EdgeHolders;
  readonly signingKeys: ViewerSigningKeys;
  readonly now: Now;
}

/** What closing the edge needs. */
export interface CloseEdgeDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly edge: EdgeHolders;
  readonly camViewers: CamViewers;
}

/** What limiting the edge needs. */
export interface LimitEdgeDeps extends Omit<CloseEdgeDeps, 'camViewers'> {
  readonly revocations: Pick<SessionRevocations, 'forgetExpired'>;
  readonly now: Now;
}

/** Whether the pipeline has carried another show before: only then can its packager still list an older picture. */
const hasServedAnother = async (pastHolds: PastHolds, pipelineId: string, breakoutId: string, at: number): Promise<boolean> => {
  const hold = await pastHolds.lastClaimed(pipelineId, timestamp(at));
  if (hold?.breakoutId !== breakoutId) return hold !== undefined;
  return hasServedAnother(pastHolds, pipelineId, breakoutId, millisecondsOf(hold.claimedAt) - 1);
};

/** Seconds after the beginning of the ingest in which a manifest may list what was there before. */
const settlingSeconds = async ({ pastHolds, now }: OpenEdgeDeps, pipeline: ProPipeline, breakoutId: string): Promise<number> =>
  (await hasServedAnother(pastHolds, pipeline.pipelineId, breakoutId, now())) ? manifestWindowSeconds(pipeline) : 0;

/**
 * Lets the edge serve the show: at once on a pipeline that has carried no other, else one window from now on, when nothing
 * of another can be in a manifest. A Cam pipeline delivers by itself: its recording alone will be
 * watched at the edge, which gets the keys for that. Repeating keeps these times. @throws ConflictError, UnavailableError
 */
export const openEdge =
  (deps: OpenEdgeDeps) =>
  async (show: Show): Promise<void> => {
    const { breakoutId } = show;
    const { pipeline } = await findHoldingShow(deps)(show);
    if (pipeline.kind === 'CAM') return deps.edge.publishKeys(await deps.signingKeys.all());
    const began = Math.floor(deps.now() / 1000);
    const from = began + (await settlingSeconds(deps, pipeline, breakoutId));
    const decide: Parameters<EdgeHolders['change']>[1] = async (served) => {
      const curtain = curtainOf(await deps.breakouts.get(breakoutId));
      return served?.breakoutId === breakoutId ? { ...served, until: null, curtain } : { breakoutId, began, from, until: null, curtain };
    };
    await deps.edge.change(pipeline.delivery.distributionId, decide, await deps.signingKeys.all());
  };

/** Lets the edge serve the show until its playout tail ends, and forgets revocations that are past. Repeatable. @throws UnavailableError */
export const limitEdge =
  (deps: LimitEdgeDeps) =>
  async ({ breakoutId, attempt }: Show): Promise<void> => {
    const leg = legsOf(await deps.breakouts.get(breakoutId)).find((one) => one.attempt === attempt);
    if (leg?.tailEndsAt === undefined) return;
    const until = Math.ceil(millisecondsOf(leg.tailEndsAt) / 1000);
    const pipeline = await deps.pipelines.get(leg.pipelineId);
    if (pipeline.kind === 'PRO') {
      await deps.edge.change(pipeline.delivery.distributionId, async (served) => (served?.breakoutId === breakoutId ? { ...served, until } : 'AS_IT_IS'));
    }
    await deps.revocations.forgetExpired(Math.floor(deps.now() / 1000));
  };

/** Lets the edge serve nobody, if it serves this show; ends the tokens of a Cam pipeline. Repeatable. @throws UnavailableError */
export const closeEdge =
  (deps: CloseEdgeDeps) =>
  async ({ breakoutId, attempt }: Show): Promise<void> => {
    const breakout = await deps.breakouts.get(breakoutId);
    const pipeline = await deps.pipelines.get(pipelineIdOf(breakout, attempt));
    // A later attempt's own tokens are not this one's to end.
    if (pipeline.kind === 'CAM') return endCamTokens(deps, pipeline, { ...breakout, attempt });
    await deps.edge.change(pipeline.delivery.distributionId, async (served) => (served?.breakoutId === breakoutId ? 'NOBODY' : 'AS_IT_IS'));
  };
