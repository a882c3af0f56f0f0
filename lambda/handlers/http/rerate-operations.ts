import { rerateBreakoutQuerySchema, rerateLevelQuerySchema } from '../../contract/api/rerated-usage.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { getAccount } from '../../domain/accounts/read-accounts.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { getBreakout } from '../../domain/breakouts/read-breakouts.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent } from '../../domain/events/read-events.ts';
import { rerateBreakout, type RerateBreakoutDeps } from '../../domain/usage/rerating/rerate-breakout.ts';
import { rerateLevel, type RerateLevelDeps } from '../../domain/usage/rerating/rerate-level.ts';
import { pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { reratedBreakoutBody, reratedLevelBody } from './rerated-views.ts';

/** What rating usage again needs. */
export interface RerateOperationDeps extends RerateBreakoutDeps, RerateLevelDeps {
  readonly usage: RerateBreakoutDeps['usage'] & RerateLevelDeps['usage'];
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'listByAccount'>;
  readonly breakouts: Pick<BreakoutStore, 'get' | 'listByEvent'>;
}

/** The operations that rate booked usage with other prices, and change nothing. */
export const rerateOperations = (deps: RerateOperationDeps) =>
  ({
    rerateBreakoutUsage: async (request) => {
      const { limit, cursor, ...asked } = parseQuery(rerateBreakoutQuerySchema, request.query);
      const { breakoutId, accountId } = await getBreakout(deps)(request.caller, param(request, 'breakoutId'));
      const page = pageRequest(cursor === undefined ? { limit } : { limit, cursor });
      return json(200, reratedBreakoutBody(breakoutId, await rerateBreakout(deps)({ breakoutId, accountId }, asked, page)));
    },
    rerateEventUsage: async (request) => {
      const asked = parseQuery(rerateLevelQuerySchema, request.query);
      const { eventId, accountId } = await getEvent(deps)(request.caller, param(request, 'eventId'));
      return json(200, reratedLevelBody({ eventId, accountId }, await rerateLevel(deps)({ kind: 'EVENT', eventId, accountId }, asked)));
    },
    rerateAccountUsage: async (request) => {
      const asked = parseQuery(rerateLevelQuerySchema, request.query);
      const { accountId } = await getAccount(deps)(request.caller, param(request, 'accountId'));
      return json(200, reratedLevelBody({ accountId }, await rerateLevel(deps)({ kind: 'ACCOUNT', accountId }, asked)));
    },
  }) satisfies Record<string, OperationHandler>;
