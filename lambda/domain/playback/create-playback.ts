import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import type { CamPipeline } from '../pipelines/cam-pipeline.ts';
import type { Pipeline, PipelineRegistry, ProPipeline } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { admitViewer, type AdmitViewerDeps } from './admit-viewer.ts';
import { camUrls, longestCamTokenSeconds, requireCurtainUp, requireOnAir, requireUnbound, viewersVersion } from './cam/cam-access.ts';
import { attendeesOf, type CamTokens } from './cam/cam-tokens.ts';
import { requireShowAhead } from './draw-curtain.ts';
import { type FormatUrl, formatUrls, type FormatUrlDeps } from './format-urls.ts';
import { renewalOf } from './resolve-session.ts';
import type { CookieGrant, ViewerCookies } from './viewer-cookies.ts';
import type { TokenBinding, ViewerTokens } from './viewer-tokens.ts';

/** A viewer's access to a breakout: one URL a format, good until it expires. */
export interface Playback {
  /** What the breakout is on: a Cam pipeline plays HLS alone, and takes no access away again. */
  readonly kind: Pipeline['kind'];
  readonly breakoutId: string;
  readonly session: string;
  /** With which the next access keeps the session. */
  readonly renewWith: string;
  readonly expiresAt: string;
  readonly endpoints: readonly FormatUrl[];
  /** Where player and edge share a domain. */
  readonly cookies?: { readonly setCookie: readonly string[]; readonly endpoints: readonly FormatUrl[] };
}

/** What giving a viewer access needs. */
export interface CreatePlaybackDeps extends FormatUrlDeps, AdmitViewerDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly tokens: ViewerTokens;
  readonly camTokens: CamTokens;
  readonly cookies: ViewerCookies;
  readonly tokenSeconds: number;
  readonly now: Now;
}

/** For whom access to which breakout is asked. */
export interface CreatePlaybackCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  /** The caller's own name of the viewer; absent = anonymous. */
  readonly viewerId?: string;
  /** The `renewWith` of the access that this one follows. */
  readonly renewWith?: string;
  readonly boundTo?: TokenBinding;
}

const cookiesOf = async ({ cookies }: CreatePlaybackDeps, grant: CookieGrant, endpoints: () => Promise<readonly FormatUrl[]>): Promise<Pick<Playback, 'cookies'>> => {
  const setCookie = await cookies.issue(grant);
  return setCookie === undefined ? {} : { cookies: { setCookie, endpoints: await endpoints() } };
};

interface Admission {
  readonly since: number;
  /** What of the command is told, without what is absent. */
  readonly asked: Pick<CreatePlaybackCommand, 'viewerId' | 'renewWith' | 'boundTo'>;
}

const proPlayback = async (deps: CreatePlaybackDeps, { breakoutId, accountId }: Breakout, pipeline: ProPipeline, { since, asked }: Admission): Promise<Playback> => {
  const { boundTo } = asked;
  const expiresAt = since + deps.tokenSeconds;
  const session = await admitViewer(deps)({ accountId, breakoutId, ...asked }, { since, expiresAt });
  const token = await deps.tokens.issue({ purpose: 'viewer', subject: breakoutId, expiresAt, session, ...(boundTo !== undefined && { boundTo }) });
  const grant = { baseUrl: pipeline.delivery.baseUrl, breakoutId, expiresAt, token, ...(boundTo?.ip !== undefined && { ip: boundTo.ip }) };
  return {
    kind: 'PRO',
    breakoutId,
    session,
    renewWith: renewalOf(breakoutId, token),
    expiresAt: timestamp(expiresAt * 1000),
    endpoints: await formatUrls(deps)(pipeline, deps.paths.withToken(token, breakoutId)),
    ...(await cookiesOf(deps, grant, () => formatUrls(deps)(pipeline, deps.paths.withCookies(breakoutId)))),
  };
};

/** The service checks a token when playback begins; what it is renewed with lasts longer, so that a player can begin again. */
const camPlayback = async (deps: CreatePlaybackDeps, breakout: Breakout, pipeline: CamPipeline, { since, asked }: Admission): Promise<Playback> => {
  const { breakoutId, accountId } = breakout;
  requireUnbound(asked.boundTo);
  requireOnAir(breakout);
  requireCurtainUp(breakout);
  const renewableUntil = since + deps.tokenSeconds;
  const session = await admitViewer(deps)({ accountId, breakoutId, ...asked }, { since, expiresAt: renewableUntil });
  const renewal = await deps.tokens.issue({ purpose: 'viewer', subject: breakoutId, expiresAt: renewableUntil, session });
  const expiresAt = since + Math.min(deps.tokenSeconds, longestCamTokenSeconds);
  const endpoints = await camUrls(deps, pipeline, { viewerId: attendeesOf(breakoutId), version: viewersVersion(breakout), expiresAt });
  return { kind: 'CAM', breakoutId, session, renewWith: renewalOf(breakoutId, renewal), expiresAt: timestamp(expiresAt * 1000), endpoints };
};

/**
 * Gives a viewer a URL for every format of a breakout that is to come or on; of one on a Cam pipeline while it is on. They
 * are of the pipeline that it is on now: after a change of pipeline, ask again. A named viewer's new device takes the place
 * of the oldest beyond the limit.
 * @throws NotFoundError, InvalidInputError, ConflictError `breakout-over`, `session-over`; of a Cam pipeline also `show-not-on`, `curtain-down`; UnavailableError
 */
export const createPlayback =
  (deps: CreatePlaybackDeps) =>
  async ({ caller, breakoutId, viewerId, renewWith, boundTo }: CreatePlaybackCommand): Promise<Playback> => {
    const breakout = await getBreakout(deps)(caller, breakoutId);
    requireShowAhead(breakout);
    const pipeline = await deps.pipelines.get(breakout.pipelineId);
    const asked = { ...(viewerId !== undefined && { viewerId }), ...(renewWith !== undefined && { renewWith }), ...(boundTo !== undefined && { boundTo }) };
    const admission = { since: Math.floor(deps.now() / 1000), asked };
    return pipeline.kind === 'CAM' ? camPlayback(deps, breakout, pipeline, admission) : proPlayback(deps, breakout, pipeline, admission);
  };
