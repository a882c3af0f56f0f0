import type { Clock } from '../../../runtime/clock.ts';
import type { Authorise } from '../authorisation/authorise.ts';
import { functionArnOfUri } from '../function-uri.ts';
import { headerValues, queryPairs, type Exchange, type GatewayReply, type Route } from './exchange.ts';
import { findRoute } from './find-route.ts';
import { servicePrincipal, type GatewayFunctions } from './function-port.ts';
import { GatewayFault } from './gateway-fault.ts';
import { mockReply } from './mock-reply.ts';
import { proxyEvent, type AuthorizerContext } from './proxy-event.ts';
import { proxyReply } from './proxy-reply.ts';
import type { Throttle } from './throttle.ts';

/** What requests are handled with. */
export interface RequestHandling {
  readonly clock: Clock;
  readonly functions: GatewayFunctions;
  readonly authorise: Authorise;
  readonly throttle: Throttle;
  readonly region: string;
  readonly accountId: string;
}

const checkParameters = ({ definition, request }: Exchange, { method, pathParameters }: Route): void => {
  if (method.requestValidatorId === undefined || definition.validators[method.requestValidatorId]?.validateRequestParameters !== true) return;
  const given = {
    header: (name: string) => headerValues(request, name).length > 0,
    querystring: (name: string) => queryPairs(request).some(([each]) => each === name),
    path: (name: string) => Object.hasOwn(pathParameters, name),
  };
  const missing = Object.entries(method.requestParameters ?? {}).flatMap(([parameter, required]) => {
    const [, place = '', name = ''] = /^method\.request\.(header|querystring|path)\.(.+)$/u.exec(parameter) ?? [];
    const isGiven = place === 'header' || place === 'querystring' || place === 'path' ? given[place](name) : true;
    return required && !isGiven ? [name] : [];
  });
  if (missing.length > 0) throw new GatewayFault('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${missing.join(', ')}]`);
};

const timedOut = Symbol('timed out');

const callFunction = async ({ clock, functions, region, accountId }: RequestHandling, exchange: Exchange, route: Route, authorizer: AuthorizerContext | undefined): Promise<GatewayReply> => {
  const { methodIntegration } = route.method;
  const begun = clock.now();
  const finished = new AbortController();
  const call = functions.invokeForService({
    functionName: functionArnOfUri(methodIntegration?.uri) ?? '',
    payload: JSON.stringify(proxyEvent(exchange, route, accountId, authorizer)),
    servicePrincipal,
    sourceArn: `arn:aws:execute-api:${region}:${accountId}:${exchange.stage.apiId}/${exchange.stage.stageName}/${exchange.request.method}${route.resource.path}`,
  }).catch((cause: unknown) => { throw new GatewayFault('API_CONFIGURATION_ERROR', cause instanceof Error && cause.name === 'RequestTooLargeException' ? cause.message : undefined); });
  const result = await Promise.race([call, clock.sleep(methodIntegration?.timeoutInMillis ?? 29_000, finished.signal).then(() => timedOut)]);
  finished.abort();
  exchange.variables.set('integrationLatency', String(clock.now() - begun));
  if (typeof result === 'symbol') {
    call.catch(() => undefined);
    throw new GatewayFault('INTEGRATION_TIMEOUT');
  }
  if (result.functionError !== undefined) throw new GatewayFault('DEFAULT_5XX');
  return proxyReply(result.payload);
};

/**
 * Takes a request through its stage: route, throttle, authoriser, validation, integration.
 * @throws GatewayFault when the gateway answers by itself.
 */
export const handleRequest = async (handling: RequestHandling, exchange: Exchange): Promise<GatewayReply> => {
  const { request, definition, stage, path, variables } = exchange;
  const route = findRoute(definition, request.method, path);
  if (!route) throw new GatewayFault('MISSING_AUTHENTICATION_TOKEN');
  const { method, resource } = route;
  for (const [name, value] of [['resourceId', resource.id], ['resourcePath', resource.path], ['operationName', method.operationName ?? '-']] as const) variables.set(name, value);
  if (!handling.throttle(stage, resource.path, method.httpMethod ?? '')) throw new GatewayFault('THROTTLED');
  const authorizer = method.authorizationType === 'CUSTOM' ? definition.authorizers[method.authorizerId ?? ''] : undefined;
  if (method.authorizationType === 'CUSTOM' && !authorizer) throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR');
  const context = authorizer && (await handling.authorise(authorizer, exchange, route));
  checkParameters(exchange, route);
  return method.methodIntegration?.type === 'MOCK' ? mockReply(method.methodIntegration, exchange) : callFunction(handling, exchange, route, context);
};
