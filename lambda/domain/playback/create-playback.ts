import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { hasEnded } from '../breakouts/transition.ts';
import type { Pipeline, PipelineRegistry, PlaybackEndpoint } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { manifestPath, type PackagerPaths } from './packager-paths.ts';
import type { ViewerTokens } from './viewer-tokens.ts';

/** A viewer's access to a breakout: one URL a format, good until it expires. */
export interface Playback {
  readonly breakoutId: string;
  readonly expiresAt: string;
  readonly endpoints: readonly { readonly format: PlaybackEndpoint['format']; readonly url: string }[];
}

/** What giving a viewer access needs. */
export interface CreatePlaybackDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly tokens: ViewerTokens;
  readonly packager: PackagerPaths;
  /** Makes the viewer's URL of a manifest by its path at the packager. */
  readonly viewerUrl: (pipeline: Pipeline, path: string, token: string, breakoutId: string) => string;
  readonly tokenSeconds: number;
  readonly now: Now;
}

/** For whom access to which breakout is asked. */
export interface CreatePlaybackCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  readonly viewerId?: string;
}

/**
 * Gives a viewer a URL for every format of a breakout that is to come or on. They are of the pipeline that it is on
 * now: after a change of pipeline, ask again.
 * @throws NotFoundError, ConflictError when it is over, UnavailableError
 */
export const createPlayback =
  (deps: CreatePlaybackDeps) =>
  async ({ caller, breakoutId, viewerId }: CreatePlaybackCommand): Promise<Playback> => {
    const breakout = await getBreakout(deps)(caller, breakoutId);
    if (hasEnded(breakout)) {
      throw new ConflictError({
        code: 'breakout-over',
        message: `breakout ${breakoutId} is ${breakout.status}, expected one that is to come or on: the show is over`,
        details: { status: breakout.status },
      });
    }
    const pipeline = await deps.pipelines.get(breakout.pipelineId);
    const expiresAt = Math.floor(deps.now() / 1000) + deps.tokenSeconds;
    const token = await deps.tokens.issue({ breakoutId, expiresAt, ...(viewerId === undefined ? {} : { viewerId }) });
    const endpoints = await Promise.all(
      pipeline.packaging.endpoints.map(async (endpoint) => ({
        format: endpoint.format,
        url: deps.viewerUrl(pipeline, await manifestPath(deps.packager, endpoint), token, breakoutId),
      })),
    );
    return { breakoutId, expiresAt: timestamp(expiresAt * 1000), endpoints };
  };
