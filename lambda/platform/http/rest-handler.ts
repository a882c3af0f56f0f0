import { type Operation, type Route, routes } from '../../contract/routes.ts';
import { DomainError, NotAllowedError, NotFoundError } from '../../domain/shared/errors.ts';
import type { IdempotencyStore } from '../../domain/shared/idempotency.ts';
import { createLogger, type Logger } from '../logging.ts';
import { idempotently } from './idempotent.ts';
import { isCallersError, problemResponse } from './problem-response.ts';
import { type ApiRequest, type ProxyEvent, proxyEventSchema, requestOf } from './request.ts';
import type { ApiResponse } from './response.ts';

/** Carries out one operation for a caller who may ask for it. */
export type OperationHandler = (request: ApiRequest) => Promise<ApiResponse>;

/** The operations that a function serves. */
export type OperationsOf<Function extends Route['servedBy']> = Extract<(typeof routes)[number], { servedBy: Function }>['operation'];

/** What a function serves, built on its first request. */
export interface RestApi<Name extends Operation> {
  readonly operations: Readonly<Record<Name, OperationHandler>>;
  /** Absent = it serves no writes. */
  readonly idempotency?: IdempotencyStore;
}

interface Served {
  readonly route: Route;
  readonly handle: OperationHandler;
}

const requirePrivilege = ({ operation, privilege }: Route, event: ProxyEvent): void => {
  const { privileges, role } = event.requestContext.authorizer;
  if (privileges.split(' ').includes(privilege)) return;
  throw new NotAllowedError({ code: 'privilege-missing', message: `${operation} needs the privilege ${privilege}, which ${role} does not have`, details: { privilege } });
};

const serve = async ({ route, handle }: Served, idempotency: IdempotencyStore | undefined, event: ProxyEvent, log: Logger): Promise<ApiResponse> => {
  requirePrivilege(route, event);
  const perform = (): Promise<ApiResponse> => handle(requestOf(event, log));
  return route.method === 'GET' || idempotency === undefined ? perform() : idempotently(idempotency, event, log, perform);
};

const noRoute = ({ httpMethod, path }: ProxyEvent): NotFoundError =>
  new NotFoundError({ code: 'route-not-found', message: `there is no ${httpMethod} ${path} in this API` });

const logFailure = (log: Logger, error: unknown): void => {
  if (isCallersError(error)) log.info('request refused', { code: error.code, message: error.message });
  else if (error instanceof DomainError) log.warn('request could not be served', { error });
  else log.error('request failed', { error });
};

const listed: readonly Route[] = routes;

/** A handler of REST proxy events for the operations of `build`: routes, checks the privilege, and turns errors into problems. */
export const restHandler = <Name extends Operation>(build: () => RestApi<Name>): ((payload: unknown) => Promise<ApiResponse>) => {
  let api: RestApi<Name> | undefined;
  const served = ({ operations }: RestApi<Name>, { resource, httpMethod }: ProxyEvent): Served | undefined => {
    const route = listed.find(({ path, method }) => path === resource && method === httpMethod);
    const found = Object.entries<OperationHandler>(operations).find(([operation]) => operation === route?.operation);
    return route === undefined || found === undefined ? undefined : { route, handle: found[1] };
  };
  return async (payload) => {
    const event = proxyEventSchema.parse(payload);
    const { requestId, authorizer } = event.requestContext;
    const log = createLogger({ requestId, route: `${event.httpMethod} ${event.resource}`, subject: authorizer.subject, accountId: authorizer.accountId });
    try {
      api ??= build();
      const match = served(api, event);
      if (match === undefined) throw noRoute(event);
      const response = await serve(match, api.idempotency, event, log);
      return { ...response, headers: { ...response.headers, 'X-Request-Id': requestId } };
    } catch (error) {
      logFailure(log, error);
      return problemResponse(error, { requestId, path: event.path });
    }
  };
};
