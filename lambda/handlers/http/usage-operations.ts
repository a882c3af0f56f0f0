import { usageChildrenQuerySchema, usageDifferenceQuerySchema, usageLinesQuerySchema, usageQuerySchema, usageVersionsQuerySchema } from '../../contract/api/usage-queries.ts';
import { overheadPointsQuerySchema, platformUsageSeriesQuerySchema, usagePointsQuerySchema, usageSeriesQuerySchema } from '../../contract/api/usage-series.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { getAccount } from '../../domain/accounts/read-accounts.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import { getBreakout } from '../../domain/breakouts/read-breakouts.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent } from '../../domain/events/read-events.ts';
import { listUsageLines, readBreakoutUsage, readLevelUsage } from '../../domain/usage/read-usage.ts';
import { listChildren, type ParentSubject } from '../../domain/usage/reading/list-children.ts';
import { listOwnLines } from '../../domain/usage/reading/list-own-lines.ts';
import { readPlatformUsage, type ReadPlatformDeps } from '../../domain/usage/reading/read-platform.ts';
import { readOverheadPoints, readPoints } from '../../domain/usage/reading/read-points.ts';
import { readSeries, type ReadSeriesDeps, type SeriesSubject } from '../../domain/usage/reading/read-series.ts';
import { compareVersions, listVersions, type ReadVersionsDeps } from '../../domain/usage/reading/read-versions.ts';
import type { ReadPriceBooksDeps } from '../../domain/pricing/read-price-books.ts';
import { usageLineView } from '../../domain/usage/usage-line-view.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param, type ApiRequest } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler, OperationsOf } from '../../platform/http/rest-handler.ts';
import { priceBookOperations } from './price-book-operations.ts';
import { rerateOperations, type RerateOperationDeps } from './rerate-operations.ts';
import { differenceBody, ownLineBody, pointsBody, seriesBody, versionBody } from './usage-views.ts';

/** What the operations on usage need. */
export interface UsageOperationDeps extends ReadPlatformDeps, ReadVersionsDeps, ReadSeriesDeps, ReadPriceBooksDeps, RerateOperationDeps {
  readonly usage: ReadPlatformDeps['usage'] & ReadVersionsDeps['usage'] & ReadSeriesDeps['usage'] & RerateOperationDeps['usage'];
  readonly books: ReadPriceBooksDeps['books'] & RerateOperationDeps['books'];
  readonly history: ReadVersionsDeps['history'];
  readonly accounts: Pick<AccountStore, 'get' | 'list'>;
  readonly events: Pick<EventStore, 'get' | 'listByAccount'>;
  readonly breakouts: Pick<BreakoutStore, 'get' | 'listByEvent'> & ReadPlatformDeps['breakouts'];
}

const eventOf = async (deps: UsageOperationDeps, request: ApiRequest): Promise<Extract<ParentSubject, { kind: 'EVENT' }>> => {
  const { eventId, accountId } = await getEvent(deps)(request.caller, param(request, 'eventId'));
  return { kind: 'EVENT', eventId, accountId };
};

const accountOf = async (deps: UsageOperationDeps, request: ApiRequest): Promise<Extract<ParentSubject, { kind: 'ACCOUNT' }>> => {
  const { accountId } = await getAccount(deps)(request.caller, param(request, 'accountId'));
  return { kind: 'ACCOUNT', accountId };
};

const breakoutOf = (deps: UsageOperationDeps, request: ApiRequest) => getBreakout(deps)(request.caller, param(request, 'breakoutId'));

/** The operations that read usage of what children a level has. */
const childOperations = (deps: UsageOperationDeps) => {
  const children = async (request: ApiRequest, parent: ParentSubject) => {
    const { period, order, ...page } = parseQuery(usageChildrenQuerySchema, request.query);
    return json(200, pageBody(await listChildren(deps)(parent, period, order, pageRequest(page)), (child) => child));
  };
  return {
    listEventUsageChildren: async (request) => children(request, await eventOf(deps, request)),
    listAccountUsageChildren: async (request) => children(request, await accountOf(deps, request)),
    listPlatformUsageChildren: (request) => children(request, { kind: 'PLATFORM' }),
  } satisfies Record<string, OperationHandler>;
};

/** The operations that read usage over time. */
const seriesOperations = (deps: UsageOperationDeps) => {
  const series = async (request: ApiRequest, subject: SeriesSubject) => {
    const asked = parseQuery(subject.kind === 'PLATFORM' ? platformUsageSeriesQuerySchema : usageSeriesQuerySchema, request.query);
    return json(200, seriesBody(await readSeries(deps)(subject, asked), asked));
  };
  return {
    getBreakoutUsageSeries: async (request) => {
      const { breakoutId, accountId } = await breakoutOf(deps, request);
      return series(request, { kind: 'BREAKOUT', breakoutId, accountId });
    },
    getEventUsageSeries: async (request) => series(request, await eventOf(deps, request)),
    getAccountUsageSeries: async (request) => series(request, await accountOf(deps, request)),
    getPlatformUsageSeries: (request) => series(request, { kind: 'PLATFORM' }),
  } satisfies Record<string, OperationHandler>;
};

/** The operations that read what no breakout caused. */
const ownLineOperations = (deps: UsageOperationDeps) => {
  const own = async (request: ApiRequest, accountId: string | undefined) => {
    const { month, ...page } = parseQuery(usageLinesQuerySchema, request.query);
    return json(200, pageBody(await listOwnLines(deps)(accountId, pageRequest(page), month), ownLineBody));
  };
  return {
    listAccountUsageLines: async (request) => own(request, (await accountOf(deps, request)).accountId),
    listPlatformUsageLines: (request) => own(request, undefined),
    getPlatformUsagePoints: async (request) => {
      const { ownerId, ...asked } = parseQuery(overheadPointsQuerySchema, request.query);
      return json(200, pointsBody(await readOverheadPoints(deps)(ownerId, asked)));
    },
  } satisfies Record<string, OperationHandler>;
};

/** The operations that read what a breakout's usage is made of, and was. */
const breakoutOperations = (deps: UsageOperationDeps) =>
  ({
    getBreakoutUsage: async (request) => {
      const asked = parseQuery(usageQuerySchema, request.query);
      return json(200, await readBreakoutUsage(deps)(await breakoutOf(deps, request), asked));
    },
    listBreakoutUsageLines: async (request) => {
      const { month, ...page } = parseQuery(usageLinesQuerySchema, request.query);
      const { breakoutId } = await breakoutOf(deps, request);
      return json(200, pageBody(await listUsageLines(deps)(breakoutId, pageRequest(page), month), usageLineView));
    },
    listBreakoutUsageVersions: async (request) => {
      const { month, ...page } = parseQuery(usageVersionsQuerySchema, request.query);
      const { breakoutId } = await breakoutOf(deps, request);
      return json(200, pageBody(await listVersions(deps)(breakoutId, pageRequest(page), month), versionBody));
    },
    compareBreakoutUsageVersions: async (request) => {
      const asked = parseQuery(usageDifferenceQuerySchema, request.query);
      const { breakoutId } = await breakoutOf(deps, request);
      return json(200, differenceBody(await compareVersions(deps)(breakoutId, asked)));
    },
    getBreakoutUsagePoints: async (request) => {
      const asked = parseQuery(usagePointsQuerySchema, request.query);
      const { breakoutId } = await breakoutOf(deps, request);
      return json(200, pointsBody(await readPoints(deps)(breakoutId, asked)));
    },
  }) satisfies Record<string, OperationHandler>;

/** The operations that read usage. Each first finds the thing, for the caller who asks. */
export const usageOperations = (deps: UsageOperationDeps) =>
  ({
    ...breakoutOperations(deps),
    ...childOperations(deps),
    ...seriesOperations(deps),
    ...ownLineOperations(deps),
    ...priceBookOperations(deps),
    ...rerateOperations(deps),
    getEventUsage: async (request) => {
      const asked = parseQuery(usageQuerySchema, request.query);
      return json(200, await readLevelUsage(deps)(await eventOf(deps, request), asked));
    },
    getAccountUsage: async (request) => {
      const asked = parseQuery(usageQuerySchema, request.query);
      return json(200, await readLevelUsage(deps)(await accountOf(deps, request), asked));
    },
    getPlatformUsage: async (request) => {
      const asked = parseQuery(usageQuerySchema, request.query);
      return json(200, await readPlatformUsage(deps)(asked));
    },
  }) satisfies Record<OperationsOf<'usage'>, OperationHandler>;
