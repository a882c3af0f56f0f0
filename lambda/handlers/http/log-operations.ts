import { accountLogQuerySchema, type LogEntryBody, logQuerySchema } from '../../contract/api/log.ts';
import type { LiveShowBody } from '../../contract/api/live.ts';
import { listAccountLog, listBreakoutLog, type ReadLogDeps } from '../../domain/breakouts/log/read-log.ts';
import type { ShowLogEntry } from '../../domain/breakouts/log/show-log.ts';
import { type LiveShow, listLiveShows, type LiveShowsDeps } from '../../domain/monitoring/live-shows.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

/** What the operations on logs and running shows need. */
export interface LogOperationDeps extends ReadLogDeps, LiveShowsDeps {
  readonly log: ReadLogDeps['log'] & LiveShowsDeps['log'];
}

const entryBody = ({ accountId: _, alertId: _alertId, source, ...entry }: ShowLogEntry): LogEntryBody => ({ ...entry, isFirstSeen: source === 'POLL' });

const liveBody = (show: LiveShow): LiveShowBody => ({ ...show, activeInputs: [...show.activeInputs], inputs: [...show.inputs] });

/** The operations that tell what happened in shows, and what runs. */
export const logOperations = (deps: LogOperationDeps) =>
  ({
    listBreakoutLog: async (request) => {
      const { limit, cursor, ...query } = parseQuery(logQuerySchema, request.query);
      const page = pageRequest({ limit, ...(cursor === undefined ? {} : { cursor }) });
      return json(200, pageBody(await listBreakoutLog(deps)(request.caller, param(request, 'breakoutId'), query, page), entryBody));
    },
    listLog: async (request) => {
      const { limit, cursor, ...query } = parseQuery(accountLogQuerySchema, request.query);
      const page = pageRequest({ limit, ...(cursor === undefined ? {} : { cursor }) });
      return json(200, pageBody(await listAccountLog(deps)(request.caller, query, page), entryBody));
    },
    listLive: async ({ caller }) => json(200, pageBody({ items: await listLiveShows(deps)(caller) }, liveBody)),
  }) satisfies Record<string, OperationHandler>;
