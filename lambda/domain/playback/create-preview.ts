import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { camUrls, longestCamTokenSeconds, previewersVersion, requireOnAir } from './cam/cam-access.ts';
import { previewersOf, type CamTokens } from './cam/cam-tokens.ts';
import type { Playback } from './create-playback.ts';
import { requireShowAhead } from './draw-curtain.ts';
import { formatUrls, type FormatUrlDeps } from './format-urls.ts';
import type { ViewerSessions } from './viewer-sessions.ts';
import type { ViewerTokens } from './viewer-tokens.ts';

/** What giving a preview needs. */
export interface CreatePreviewDeps extends FormatUrlDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly sessions: Pick<ViewerSessions, 'newViewer' | 'newDevice'>;
  readonly tokens: Pick<ViewerTokens, 'issue'>;
  readonly camTokens: CamTokens;
  readonly previewSeconds: number;
  readonly now: Now;
}

/** A look at a show that its curtain does not hide. */
export type Preview = Pick<Playback, 'kind' | 'breakoutId' | 'session' | 'expiresAt' | 'endpoints'>;

/**
 * Gives who runs the show a look at it, whatever the curtain. It is monitoring, never audience, and ends soon: ask again.
 * @throws NotFoundError, ConflictError `breakout-over`, of a Cam pipeline also `show-not-on`, UnavailableError
 */
export const createPreview =
  (deps: CreatePreviewDeps) =>
  async (caller: Caller, breakoutId: string): Promise<Preview> => {
    const breakout = await getBreakout(deps)(caller, breakoutId);
    requireShowAhead(breakout);
    const pipeline = await deps.pipelines.get(breakout.pipelineId);
    const since = Math.floor(deps.now() / 1000);
    const session = `${deps.sessions.newViewer()}${deps.sessions.newDevice()}`;
    if (pipeline.kind === 'CAM') {
      requireOnAir(breakout);
      const expiresAt = since + Math.min(deps.previewSeconds, longestCamTokenSeconds);
      const endpoints = await camUrls(deps, pipeline, { viewerId: previewersOf(breakoutId), version: previewersVersion(breakout), expiresAt });
      return { kind: 'CAM', breakoutId, session, expiresAt: timestamp(expiresAt * 1000), endpoints };
    }
    const expiresAt = since + deps.previewSeconds;
    const token = await deps.tokens.issue({ purpose: 'preview', subject: breakoutId, expiresAt, session });
    return { kind: 'PRO', breakoutId, session, expiresAt: timestamp(expiresAt * 1000), endpoints: await formatUrls(deps)(pipeline, deps.paths.withToken(token, breakoutId)) };
  };
