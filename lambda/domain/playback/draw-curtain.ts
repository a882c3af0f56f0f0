import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import { hasEnded, revised } from '../breakouts/transition.ts';
import type { ProPipelineRegistry } from '../pipelines/pro-pipelines.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { requireRevision, untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { type Curtain, curtainOf } from './curtain.ts';
import type { EdgeHolders } from './edge-holders.ts';

/** What drawing a curtain needs. */
export interface DrawCurtainDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save'>;
  readonly pipelines: Pick<ProPipelineRegistry, 'get'>;
  readonly edge: EdgeHolders;
  readonly now: Now;
}

/** Which curtain is drawn how. */
export interface DrawCurtainCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  readonly curtain: Curtain;
  readonly expectedRevision?: number;
}

/** Refuses a show that is over. @throws ConflictError `breakout-over` */
export const requireShowAhead = ({ breakoutId, status }: Breakout): void => {
  if (!hasEnded({ status })) return;
  throw new ConflictError({ code: 'breakout-over', message: `breakout ${breakoutId} is ${status}, expected one that is to come or on: the show is over`, details: { status } });
};

const tellEdge = async ({ breakouts, pipelines, edge }: DrawCurtainDeps, pipelineId: string, breakoutId: string): Promise<void> => {
  const { delivery } = await pipelines.get(pipelineId);
  await edge.change(delivery.distributionId, async (served) =>
    served?.breakoutId === breakoutId ? { ...served, curtain: curtainOf(await breakouts.get(breakoutId)) } : 'AS_IT_IS',
  );
};

/**
 * Opens or closes the curtain of a show that is to come or on; edges know within seconds. What the breakout says decides:
 * the edge is told what it says at that moment, so that two who draw at once leave both alike. Repeatable.
 * @throws NotFoundError, ConflictError `breakout-over`, `revision-mismatch`, UnavailableError
 */
export const drawCurtain =
  (deps: DrawCurtainDeps) =>
  async ({ caller, breakoutId, curtain, expectedRevision }: DrawCurtainCommand): Promise<Breakout> => {
    const drawn = await untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireRevision(breakout.revision, expectedRevision);
      requireShowAhead(breakout);
      if (breakout.curtain === curtain) return breakout;
      const next = revised(breakout, { curtain }, timestamp(deps.now()));
      return (await deps.breakouts.save(next)) ? next : undefined;
    });
    // A pipeline that the show has left serves it until its tail ends.
    const pipelineIds = new Set([drawn.pipelineId, ...legsOf(drawn).map(({ pipelineId }) => pipelineId)]);
    for (const pipelineId of pipelineIds) await tellEdge(deps, pipelineId, breakoutId);
    return drawn;
  };
