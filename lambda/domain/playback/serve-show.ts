import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { findHoldingShow, type CurrentShowDeps } from '../breakouts/show/current-show.ts';
import { legsOf, pipelineIdOf } from '../breakouts/show-leg.ts';
import type { Show } from '../breakouts/show-executions.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import { millisecondsOf, type Now } from '../shared/time.ts';
import type { EdgeHolders } from './edge-holders.ts';
import type { ViewerSigningKeys } from './viewer-tokens.ts';

/** What opening the edge needs. */
export interface OpenEdgeDeps extends CurrentShowDeps {
  readonly edge: EdgeHolders;
  readonly signingKeys: ViewerSigningKeys;
  readonly now: Now;
}

/** What closing the edge needs. */
export interface CloseEdgeDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly edge: EdgeHolders;
}

/** Lets the edge serve the show from now on. Repeating keeps the time from which it is served. @throws ConflictError, UnavailableError */
export const openEdge =
  (deps: OpenEdgeDeps) =>
  async (show: Show): Promise<void> => {
    const { pipeline } = await findHoldingShow(deps)(show);
    const { distributionId } = pipeline.delivery;
    const { breakoutId } = show;
    const served = await deps.edge.get(distributionId);
    const from = served?.breakoutId === breakoutId ? served.from : Math.floor(deps.now() / 1000);
    await deps.edge.open(distributionId, { breakoutId, from, until: null }, await deps.signingKeys.all());
  };

/** Lets the edge serve the show until its playout tail ends. Repeatable. @throws UnavailableError */
export const limitEdge =
  (deps: CloseEdgeDeps) =>
  async ({ breakoutId, attempt }: Show): Promise<void> => {
    const leg = legsOf(await deps.breakouts.get(breakoutId)).find((one) => one.attempt === attempt);
    if (leg?.tailEndsAt === undefined) return;
    const { delivery } = await deps.pipelines.get(leg.pipelineId);
    const served = await deps.edge.get(delivery.distributionId);
    if (served?.breakoutId !== breakoutId) return;
    await deps.edge.limit(delivery.distributionId, { ...served, until: Math.ceil(millisecondsOf(leg.tailEndsAt) / 1000) });
  };

/** Lets the edge serve nobody, if it serves this show. Repeatable. @throws UnavailableError */
export const closeEdge =
  (deps: CloseEdgeDeps) =>
  async ({ breakoutId, attempt }: Show): Promise<void> => {
    const { delivery } = await deps.pipelines.get(pipelineIdOf(await deps.breakouts.get(breakoutId), attempt));
    await deps.edge.close(delivery.distributionId, breakoutId);
  };
