import { createBreakoutBodySchema, updateBreakoutBodySchema } from '../../contract/api/breakouts.ts';
import { pageQuerySchema } from '../../contract/api/fields.ts';
import { createBreakout, type CreateBreakoutDeps } from '../../domain/breakouts/create-breakout.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { getBreakout, listBreakouts } from '../../domain/breakouts/read-breakouts.ts';
import { updateBreakout } from '../../domain/breakouts/update-breakout.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseBody, parseQuery } from '../../platform/http/parse.ts';
import { expectedRevision, param } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { breakoutBody } from './views.ts';

/** What the operations on breakouts need. */
export interface BreakoutOperationDeps extends CreateBreakoutDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'book' | 'listByEvent'>;
}

/** The operations on breakouts that do not touch a show. */
export const breakoutOperations = (deps: BreakoutOperationDeps) =>
  ({
    createBreakout: async (request) => {
      const details = parseBody(createBreakoutBodySchema, request.body);
      const breakout = await createBreakout(deps)({ caller: request.caller, eventId: param(request, 'eventId'), ...details });
      return json(201, breakoutBody(breakout), etag(breakout.revision));
    },
    listBreakouts: async (request) => {
      const page = pageRequest(parseQuery(pageQuerySchema, request.query));
      return json(200, pageBody(await listBreakouts(deps)(request.caller, param(request, 'eventId'), page), breakoutBody));
    },
    getBreakout: async (request) => {
      const breakout = await getBreakout(deps)(request.caller, param(request, 'breakoutId'));
      return json(200, breakoutBody(breakout), etag(breakout.revision));
    },
    updateBreakout: async (request) => {
      const changes = parseBody(updateBreakoutBodySchema, request.body);
      const command = { caller: request.caller, breakoutId: param(request, 'breakoutId'), changes, ...expectedRevision(request) };
      const breakout = await updateBreakout(deps)(command);
      return json(200, breakoutBody(breakout), etag(breakout.revision));
    },
  }) satisfies Record<string, OperationHandler>;
