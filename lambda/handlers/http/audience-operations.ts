import { audienceQuerySchema } from '../../contract/api/audience.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { getAccount } from '../../domain/accounts/read-accounts.ts';
import { readAccountAudience, readBreakoutAudience, readEventAudience, type ReadAudienceDeps } from '../../domain/audience/read-audience.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { getBreakout } from '../../domain/breakouts/read-breakouts.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent } from '../../domain/events/read-events.ts';
import { monthOf } from '../../domain/usage/calendar-month.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { audienceBody, breakoutAudienceBody } from './audience-views.ts';

/** What the operations on audiences need. */
export interface AudienceOperationDeps extends ReadAudienceDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
}

/** The operations that tell who watched. Each first finds the thing, for the caller who asks. */
export const audienceOperations = (deps: AudienceOperationDeps) =>
  ({
    getBreakoutAudience: async (request) => {
      const { month } = parseQuery(audienceQuerySchema, request.query);
      const breakout = await getBreakout(deps)(request.caller, param(request, 'breakoutId'));
      return json(200, breakoutAudienceBody(breakout.breakoutId, await readBreakoutAudience(deps)(breakout, month), month, deps.now()));
    },
    getEventAudience: async (request) => {
      const { month } = parseQuery(audienceQuerySchema, request.query);
      const { eventId } = await getEvent(deps)(request.caller, param(request, 'eventId'));
      return json(200, { eventId, ...audienceBody(await readEventAudience(deps)(eventId, month), month, deps.now()) });
    },
    getAccountAudience: async (request) => {
      const { month = monthOf(deps.now()) } = parseQuery(audienceQuerySchema, request.query);
      const { accountId } = await getAccount(deps)(request.caller, param(request, 'accountId'));
      return json(200, { accountId, ...audienceBody(await readAccountAudience(deps)(accountId, month), month, deps.now()) });
    },
  }) satisfies Record<string, OperationHandler>;
