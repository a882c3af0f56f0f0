import { rerateBreakoutQuerySchema, rerateLevelQuerySchema, rerateOverheadLinesQuerySchema, reratePlatformQuerySchema } from '../../contract/api/rerated-usage.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { getAccount } from '../../domain/accounts/read-accounts.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { getBreakout } from '../../domain/breakouts/read-breakouts.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent } from '../../domain/events/read-events.ts';
import { rerateBreakout, type RerateBreakoutDeps } from '../../domain/usage/rerating/rerate-breakout.ts';
import { rerateLevel } from '../../domain/usage/rerating/rerate-level.ts';
import { rerateOverheadLines } from '../../domain/usage/rerating/rerate-overhead-lines.ts';
import { reratePlatform, type ReratePlatformDeps } from '../../domain/usage/rerating/rerate-platform.ts';
import { pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { reratedOverheadLinesBody, reratedPlatformBody } from './rerated-platform-views.ts';
import { reratedBreakoutBody, reratedLevelBody } from './rerated-views.ts';

/** What rating usage again needs. */
export interface RerateOperationDeps extends RerateBreakoutDeps, ReratePlatformDeps {
  readonly usage: RerateBreakoutDeps['usage'] & ReratePlatformDeps['usage'];
  readonly books: RerateBreakoutDeps['books'] & ReratePlatformDeps['books'];
  readonly accounts: Pick<AccountStore, 'get' | 'list'>;
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
    reratePlatformUsage: async (request) => {
      const asked = parseQuery(reratePlatformQuerySchema, request.query);
      return json(200, reratedPlatformBody(await reratePlatform(deps)(asked)));
    },
    reratePlatformUsageLines: async (request) => {
      const { limit, cursor, ...asked } = parseQuery(rerateOverheadLinesQuerySchema, request.query);
      const page = pageRequest(cursor === undefined ? { limit } : { limit, cursor });
      return json(200, reratedOverheadLinesBody(await rerateOverheadLines(deps)(asked, page)));
    },
  }) satisfies Record<string, OperationHandler>;
