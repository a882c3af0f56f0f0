import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { invalidFields } from '../shared/interval.ts';
import type { Now } from '../shared/time.ts';
import { sessionOf } from './resolve-session.ts';
import type { ViewerCookies } from './viewer-cookies.ts';
import { dismissDevices, type ViewerDeviceDeps } from './viewer-devices.ts';
import { viewerPartOf, type ViewerSessions } from './viewer-sessions.ts';
import type { TokenBinding, ViewerTokens } from './viewer-tokens.ts';

/** What revoking sessions needs. */
export interface RevokeAccessDeps extends Pick<ViewerDeviceDeps, 'devices' | 'revocations'> {
  readonly sessions: Pick<ViewerSessions, 'viewerOf'>;
  readonly tokens: Pick<ViewerTokens, 'read'>;
  /** Of all tokens that a session may have: a viewer of the show may go on to its recording. */
  readonly longestTokenSeconds: number;
  readonly now: Now;
}

/** What taking access away needs. */
export interface RevokePlaybackDeps extends RevokeAccessDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly cookies: Pick<ViewerCookies, 'clear'>;
}

/** Whose access is taken away: a named viewer's on every device or on one, or that of a token. */
export interface ViewersAccess {
  readonly breakoutId: string;
  readonly viewerId?: string;
  /** One device of the named viewer. */
  readonly session?: string;
  readonly renewWith?: string;
  readonly boundTo?: TokenBinding;
}

/** Whose access is taken away, and who asks for it. */
export interface RevokePlaybackCommand extends ViewersAccess {
  readonly caller: Caller;
}

/** What was taken away. */
export interface RevokedPlayback {
  readonly breakoutId: string;
  readonly revokedSessions: readonly string[];
  /** Values of Set-Cookie headers that clear the viewer's cookies. */
  readonly clearCookies: readonly string[];
}

// A renewal that is under way looked before this one wrote.
const inFlightSeconds = 60;

const revokeToken = async (deps: RevokeAccessDeps, accountId: string, { breakoutId, boundTo }: ViewersAccess, renewWith: string): Promise<readonly string[]> => {
  const { session, subject } = await sessionOf(deps)(renewWith, boundTo);
  if (subject !== breakoutId) throw invalidFields('other-breakout', [{ field: '/renewWith', message: `is of ${subject}, expected one of ${breakoutId}` }]);
  const now = Math.floor(deps.now() / 1000);
  // Later tokens of the session may have been made by now; none is made of it from now on.
  await deps.revocations.revoke([{ session, until: now + deps.longestTokenSeconds + inFlightSeconds }]);
  await dismissDevices(deps)({ accountId, viewer: viewerPartOf(session) }, now, session);
  return [session];
};

/** Revokes a viewer's sessions. Answers which. @throws InvalidInputError, ConflictError `session-over`, UnavailableError */
export const revokedSessions = async (deps: RevokeAccessDeps, accountId: string, command: ViewersAccess): Promise<readonly string[]> => {
  const { viewerId, session, renewWith } = command;
  if (renewWith !== undefined) return revokeToken(deps, accountId, command, renewWith);
  if (viewerId === undefined) return [];
  const viewer = await deps.sessions.viewerOf(accountId, viewerId);
  return dismissDevices(deps)({ accountId, viewer }, Math.floor(deps.now() / 1000), session);
};

/** IVS ends playback by viewer id, and all viewers of a breakout have one, so that the curtain can fall for all of them at once. */
const notRevocable = (breakoutId: string): ConflictError =>
  new ConflictError({ code: 'viewer-not-revocable', message: `breakout ${breakoutId} is on a Cam pipeline, which cannot put out one viewer: lower the curtain for all, or stop giving this viewer access` });

/**
 * Takes a viewer's access away: edges refuse it within seconds, in every breakout of the account. What is revoked already, or
 * was never given, is no error. On a Cam pipeline it is a ConflictError.
 * @throws NotFoundError, InvalidInputError, ConflictError `session-over`, `viewer-not-revocable`, UnavailableError
 */
export const revokePlayback =
  (deps: RevokePlaybackDeps) =>
  async (command: RevokePlaybackCommand): Promise<RevokedPlayback> => {
    const { breakoutId } = command;
    const { accountId, pipelineId } = await getBreakout(deps)(command.caller, breakoutId);
    const pipeline = await deps.pipelines.get(pipelineId);
    if (pipeline.kind === 'CAM') throw notRevocable(breakoutId);
    const { delivery } = pipeline;
    return { breakoutId, revokedSessions: await revokedSessions(deps, accountId, command), clearCookies: deps.cookies.clear(breakoutId, delivery.baseUrl) };
  };
