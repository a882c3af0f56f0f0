import { createShareBodySchema, noBodySchema, type RecordingBody, type RecordingShareBody } from '../../contract/api/recordings.ts';
import { deleteRecording, type DeleteRecordingDeps } from '../../domain/recordings/delete-recording.ts';
import { recordingView } from '../../domain/recordings/recording-view.ts';
import { revokeShare, shareRecording, type ShareRecordingDeps } from '../../domain/recordings/share-recording.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { recordingCommandOf as commandOf } from './recording-playback-operations.ts';

/** The operations that share and delete recordings. */
export const recordingOperations = (deps: ShareRecordingDeps & DeleteRecordingDeps) =>
  ({
    createRecordingShare: async (request) => {
      const { format = 'HLS', isDownload = false } = parseBody(createShareBodySchema, request.body) ?? {};
      const { secret, createdBy: _createdBy, ...share } = await shareRecording(deps)({ ...commandOf(request), format, isDownload });
      const body: RecordingShareBody = { ...share, path: `/shared/${secret}` };
      return json(201, body);
    },
    deleteRecordingShare: async (request) => {
      await revokeShare(deps)({ ...commandOf(request), shareId: param(request, 'shareId') });
      return { ...json(204, {}), body: '' };
    },
    deleteRecording: async (request) => {
      parseBody(noBodySchema, request.body);
      const body: RecordingBody = recordingView(await deleteRecording(deps)(commandOf(request)));
      return json(200, body);
    },
  }) satisfies Record<string, OperationHandler>;
