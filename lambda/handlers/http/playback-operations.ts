import { curtainBodySchema, createPlaybackBodySchema, type CurtainAnswer, type PlaybackBody, type PreviewBody, revokePlaybackBodySchema, type RevokedPlaybackBody, type RevokedPreviewsBody } from '../../contract/api/playback.ts';
import { emptyBodySchema } from '../../contract/api/breakouts.ts';
import { createPlayback, type CreatePlaybackDeps } from '../../domain/playback/create-playback.ts';
import { createPreview, type CreatePreviewDeps } from '../../domain/playback/create-preview.ts';
import { curtainOf } from '../../domain/playback/curtain.ts';
import { drawCurtain, type DrawCurtainDeps } from '../../domain/playback/draw-curtain.ts';
import { revokePlayback, type RevokePlaybackDeps } from '../../domain/playback/revoke-playback.ts';
import { revokePreviews } from '../../domain/playback/revoke-previews.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { type ApiRequest, expectedRevision, param } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { withShortestAddress } from './asked-access.ts';

/** What deciding on who may watch needs. */
export interface PlaybackOperationDeps extends CreatePlaybackDeps, Pick<CreatePreviewDeps, 'previewSeconds'>, Pick<RevokePlaybackDeps, 'longestTokenSeconds'>, DrawCurtainDeps {
  readonly breakouts: DrawCurtainDeps['breakouts'];
  readonly pipelines: CreatePlaybackDeps['pipelines'];
}

const showOf = (request: ApiRequest) => ({ caller: request.caller, breakoutId: param(request, 'breakoutId') });

/** The operations that decide who may watch a show. */
export const playbackOperations = (deps: PlaybackOperationDeps) =>
  ({
    createPlayback: async (request) => {
      const asked = withShortestAddress(parseBody(createPlaybackBodySchema, request.body) ?? {});
      const { endpoints, cookies, ...playback } = await createPlayback(deps)({ ...showOf(request), ...asked });
      const body: PlaybackBody = {
        ...playback,
        endpoints: [...endpoints],
        ...(cookies !== undefined && { cookies: { setCookie: [...cookies.setCookie], endpoints: [...cookies.endpoints] } }),
      };
      return json(201, body);
    },
    revokePlayback: async (request) => {
      const asked = withShortestAddress(parseBody(revokePlaybackBodySchema, request.body));
      const { breakoutId, revokedSessions, clearCookies } = await revokePlayback(deps)({ ...showOf(request), ...asked });
      const body: RevokedPlaybackBody = { breakoutId, revokedSessions: [...revokedSessions], clearCookies: [...clearCookies] };
      return json(200, body);
    },
    createPreview: async (request) => {
      parseBody(emptyBodySchema, request.body);
      const { caller, breakoutId } = showOf(request);
      const { endpoints, ...preview } = await createPreview(deps)(caller, breakoutId);
      const body: PreviewBody = { ...preview, endpoints: [...endpoints] };
      return json(201, body);
    },
    revokePreviews: async (request) => {
      parseBody(emptyBodySchema, request.body);
      const { caller, breakoutId } = showOf(request);
      const { updatedAt, revision } = await revokePreviews(deps)(caller, breakoutId);
      const body: RevokedPreviewsBody = { breakoutId, revokedAt: updatedAt };
      return json(200, body, etag(revision));
    },
    setCurtain: async (request) => {
      const { state } = parseBody(curtainBodySchema, request.body);
      const breakout = await drawCurtain(deps)({ ...showOf(request), curtain: state, ...expectedRevision(request) });
      const body: CurtainAnswer = { breakoutId: breakout.breakoutId, state: curtainOf(breakout) };
      return json(200, body, etag(breakout.revision));
    },
  }) satisfies Record<string, OperationHandler>;
