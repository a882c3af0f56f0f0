import { createEventBodySchema, listEventsQuerySchema, updateEventBodySchema } from '../../contract/api/events.ts';
import { createEvent } from '../../domain/events/create-event.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent, listEvents } from '../../domain/events/read-events.ts';
import { updateEvent } from '../../domain/events/update-event.ts';
import type { NewId } from '../../domain/shared/identifiers.ts';
import type { Now } from '../../domain/shared/time.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseBody, parseQuery } from '../../platform/http/parse.ts';
import { expectedRevision, param } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { eventBody } from './views.ts';

/** What the operations on events need. */
export interface EventOperationDeps {
  readonly events: EventStore;
  readonly newId: NewId;
  readonly now: Now;
}

/** The operations on events. */
export const eventOperations = (deps: EventOperationDeps) =>
  ({
    createEvent: async ({ caller, body }) => {
      const event = await createEvent(deps)({ caller, ...parseBody(createEventBodySchema, body) });
      return json(201, eventBody(event), etag(event.revision));
    },
    listEvents: async ({ caller, query }) => {
      const { accountId, ...page } = parseQuery(listEventsQuerySchema, query);
      return json(200, pageBody(await listEvents(deps)(caller, pageRequest(page), accountId), eventBody));
    },
    getEvent: async (request) => {
      const event = await getEvent(deps)(request.caller, param(request, 'eventId'));
      return json(200, eventBody(event), etag(event.revision));
    },
    updateEvent: async (request) => {
      const changes = parseBody(updateEventBodySchema, request.body);
      const event = await updateEvent(deps)({ caller: request.caller, eventId: param(request, 'eventId'), changes, ...expectedRevision(request) });
      return json(200, eventBody(event), etag(event.revision));
    },
  }) satisfies Record<string, OperationHandler>;
