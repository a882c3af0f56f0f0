import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import { hasEnded, revised } from '../breakouts/transition.ts';
import type { PipelineRegistry, ProPipeline } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { requireRevision, untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { putOutAttendees } from './cam/cam-access.ts';
import type { CamViewers } from './cam/cam-tokens.ts';
import { type Curtain, curtainOf } from './curtain.ts';
import type { EdgeHolders } from './edge-holders.ts';
import { requireHideable } from './require-hideable.ts';

/** What drawing a curtain needs. */
export interface DrawCurtainDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly edge: EdgeHolders;
  readonly camViewers: CamViewers;
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

const tellEdge = ({ breakouts, edge }: DrawCurtainDeps, { delivery }: ProPipeline, breakoutId: string): Promise<void> =>
  edge.change(delivery.distributionId, async (served) =>
    served?.breakoutId === breakoutId ? { ...served, curtain: curtainOf(await breakouts.get(breakoutId)) } : 'AS_IT_IS',
  );

/** The show as it is drawn; a curtain that falls is counted. */
const drawnOf = (breakout: Breakout, curtain: Curtain, at: string): Breakout =>
  revised(breakout, { curtain, ...(curtain === 'DOWN' ? { curtainFalls: (breakout.curtainFalls ?? 0) + 1 } : {}) }, at);

/**
 * Opens or closes the curtain of a show that is to come or on; edges know within seconds, and IVS ends what is played. What the breakout says decides:
 * the edge is told what it says at that moment, so that two who draw at once leave both alike. Repeatable.
 * @throws NotFoundError, ConflictError `breakout-over`, `revision-mismatch`, `playback-is-public`, UnavailableError
 */
export const drawCurtain =
  (deps: DrawCurtainDeps) =>
  async ({ caller, breakoutId, curtain, expectedRevision }: DrawCurtainCommand): Promise<Breakout> => {
    const drawn = await untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireRevision(breakout.revision, expectedRevision);
      requireShowAhead(breakout);
      requireHideable(await deps.pipelines.get(breakout.pipelineId), curtain);
      if (breakout.curtain === curtain) return breakout;
      const next = drawnOf(breakout, curtain, timestamp(deps.now()));
      return (await deps.breakouts.save(next)) ? next : undefined;
    });
    // A pipeline that the show has left serves it until its tail ends.
    const pipelineIds = new Set([drawn.pipelineId, ...legsOf(drawn).map(({ pipelineId }) => pipelineId)]);
    for (const pipelineId of pipelineIds) {
      const pipeline = await deps.pipelines.get(pipelineId);
      await (pipeline.kind === 'CAM' ? putOutAttendees(deps, pipeline, drawn) : tellEdge(deps, pipeline, breakoutId));
    }
    return drawn;
  };
