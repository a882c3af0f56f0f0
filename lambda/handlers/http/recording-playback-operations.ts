import { createPlaybackBodySchema, revokePlaybackBodySchema } from '../../contract/api/playback.ts';
import type { RecordingPlaybackBody, RevokedRecordingPlaybackBody } from '../../contract/api/recordings.ts';
import { playRecording, type PlayRecordingDeps, type RecordingCommand, revokeRecordingPlayback, type RevokeRecordingPlaybackDeps } from '../../domain/recordings/play-recording.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { type ApiRequest, param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { withShortestAddress } from './asked-access.ts';

/** Which recording a request is about. */
export const recordingCommandOf = (request: ApiRequest): RecordingCommand => ({
  caller: request.caller,
  breakoutId: param(request, 'breakoutId'),
  recordingId: param(request, 'recordingId'),
});

/** The operations that decide who may watch a recording. */
export const recordingPlaybackOperations = (deps: PlayRecordingDeps & RevokeRecordingPlaybackDeps) =>
  ({
    createRecordingPlayback: async (request) => {
      const asked = withShortestAddress(parseBody(createPlaybackBodySchema, request.body) ?? {});
      const { files, ...access } = await playRecording(deps)({ ...recordingCommandOf(request), ...asked });
      const body: RecordingPlaybackBody = { ...access, files: [...files] };
      return json(201, body);
    },
    revokeRecordingPlayback: async (request) => {
      const asked = withShortestAddress(parseBody(revokePlaybackBodySchema, request.body));
      const command = { ...recordingCommandOf(request), ...asked };
      const body: RevokedRecordingPlaybackBody = { breakoutId: command.breakoutId, recordingId: command.recordingId, revokedSessions: [...(await revokeRecordingPlayback(deps)(command))] };
      return json(200, body);
    },
  }) satisfies Record<string, OperationHandler>;
