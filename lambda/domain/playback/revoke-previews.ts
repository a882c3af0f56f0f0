import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import { revised } from '../breakouts/transition.ts';
import type { Pipeline, PipelineRegistry } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { putOutPreviewers } from './cam/cam-access.ts';
import type { CamViewers } from './cam/cam-tokens.ts';
import { requireShowAhead } from './draw-curtain.ts';

/** What ending previews needs. */
export interface RevokePreviewsDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'save'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly camViewers: CamViewers;
  readonly now: Now;
}

/**
 * Refuses what has no previews to end: the edge looks at a token with every request, IVS when playback begins alone, and on a public channel never.
 * @throws ConflictError `preview-not-revocable`, `playback-is-public`
 */
const requireRevocable = (pipeline: Pipeline, breakoutId: string): void => {
  const { kind, pipelineId } = pipeline;
  const asked = `breakout ${breakoutId} is on ${pipelineId}`;
  const details = { pipelineId, kind };
  if (kind === 'PRO') {
    throw new ConflictError({ code: 'preview-not-revocable', message: `${asked} of the kind PRO, expected a Cam pipeline: here a preview ends with its token, at the expiresAt that it was given with`, details });
  }
  if (pipeline.channel.isPrivate) return;
  throw new ConflictError({ code: 'playback-is-public', message: `${asked}, whose channel plays for everyone who knows its URL, expected a private one: declare it with playback PRIVATE`, details });
};

/**
 * Ends all previews of a show on a Cam pipeline, what is played as well as what was only given: whoever may steer the show asks for new ones. Attendees
 * go on. Each call counts, so that one that did not reach IVS is repeated.
 * @throws NotFoundError, ConflictError `breakout-over`, `preview-not-revocable`, `playback-is-public`, UnavailableError
 */
export const revokePreviews =
  (deps: RevokePreviewsDeps) =>
  async (caller: Caller, breakoutId: string): Promise<Breakout> => {
    const revoked = await untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireShowAhead(breakout);
      requireRevocable(await deps.pipelines.get(breakout.pipelineId), breakoutId);
      const next = revised(breakout, { previewRevocations: (breakout.previewRevocations ?? 0) + 1 }, timestamp(deps.now()));
      return (await deps.breakouts.save(next)) ? next : undefined;
    });
    // A pipeline that the show has left serves it until its tail ends.
    for (const pipelineId of new Set(legsOf(revoked).map((leg) => leg.pipelineId))) {
      const pipeline = await deps.pipelines.get(pipelineId);
      if (pipeline.kind === 'CAM') await putOutPreviewers(deps, pipeline, revoked);
    }
    return revoked;
  };
