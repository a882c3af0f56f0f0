import { pageQuerySchema } from '../../contract/api/fields.ts';
import type { RecordingBody } from '../../contract/api/recordings.ts';
import { listAccountRecordings, listBreakoutRecordings, listEventRecordings, type ReadRecordingsDeps } from '../../domain/recordings/read-recordings.ts';
import { recordingView } from '../../domain/recordings/recording-view.ts';
import type { Recording } from '../../domain/recordings/recording.ts';
import type { PageRequest } from '../../domain/shared/page.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { type ApiRequest, param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

const pageOf = ({ query }: ApiRequest): PageRequest => pageRequest(parseQuery(pageQuerySchema, query));

const body = (recording: Recording): RecordingBody => recordingView(recording);

/** The operations that list recordings: of a breakout, an event and an account. */
export const recordingListOperations = (deps: ReadRecordingsDeps) =>
  ({
    listBreakoutRecordings: async (request) => json(200, pageBody(await listBreakoutRecordings(deps)(request.caller, param(request, 'breakoutId')), body)),
    listEventRecordings: async (request) => json(200, pageBody(await listEventRecordings(deps)(request.caller, param(request, 'eventId'), pageOf(request)), body)),
    listAccountRecordings: async (request) => json(200, pageBody(await listAccountRecordings(deps)(request.caller, param(request, 'accountId'), pageOf(request)), body)),
  }) satisfies Record<string, OperationHandler>;
