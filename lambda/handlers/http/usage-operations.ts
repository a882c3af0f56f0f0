import { usageLinesQuerySchema, usageQuerySchema } from '../../contract/api/usage-queries.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { getAccount } from '../../domain/accounts/read-accounts.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { getBreakout } from '../../domain/breakouts/read-breakouts.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent } from '../../domain/events/read-events.ts';
import { listUsageLines, readAccountUsage, readBreakoutUsage, readEventUsage, type ReadUsageDeps } from '../../domain/usage/read-usage.ts';
import { usageLineView } from '../../domain/usage/usage-line-view.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

/** What the operations on usage need. */
export interface UsageOperationDeps extends ReadUsageDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
}

/** The operations that read what shows used. Each first finds the thing, for the caller who asks. */
export const usageOperations = (deps: UsageOperationDeps) =>
  ({
    getAccountUsage: async (request) => {
      const { period } = parseQuery(usageQuerySchema, request.query);
      const { accountId } = await getAccount(deps)(request.caller, param(request, 'accountId'));
      return json(200, await readAccountUsage(deps)(accountId, period));
    },
    getEventUsage: async (request) => {
      const { period } = parseQuery(usageQuerySchema, request.query);
      const { eventId } = await getEvent(deps)(request.caller, param(request, 'eventId'));
      return json(200, await readEventUsage(deps)(eventId, period));
    },
    getBreakoutUsage: async (request) => {
      const { period } = parseQuery(usageQuerySchema, request.query);
      const { breakoutId } = await getBreakout(deps)(request.caller, param(request, 'breakoutId'));
      return json(200, await readBreakoutUsage(deps)(breakoutId, period));
    },
    listBreakoutUsageLines: async (request) => {
      const { month, ...page } = parseQuery(usageLinesQuerySchema, request.query);
      const { breakoutId } = await getBreakout(deps)(request.caller, param(request, 'breakoutId'));
      return json(200, pageBody(await listUsageLines(deps)(breakoutId, pageRequest(page), month), usageLineView));
    },
  }) satisfies Record<string, OperationHandler>;
