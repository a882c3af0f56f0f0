import type { Exchange, GatewayRequest, Route } from './exchange.ts';
import { headerValues, queryPairs } from './exchange.ts';

/** What an authoriser passed on: strings, with `principalId`. */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

type Pairs = readonly (readonly [string, string])[];

const last = (pairs: Pairs): Record<string, string> | null => (pairs.length === 0 ? null : Object.fromEntries(pairs));

const all = (pairs: Pairs): Record<string, string[]> | null => {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of pairs) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  return pairs.length === 0 ? null : Object.fromEntries(grouped);
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09/Apr/2015:12:34:56 +0000` */
export const commonLogTime = (at: number): string => {
  const date = new Date(at);
  return `${String(date.getUTCDate()).padStart(2, '0')}/${months[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
};

const identityOf = (request: GatewayRequest): Record<string, string | null> => ({
  cognitoIdentityPoolId: null, accountId: null, cognitoIdentityId: null, caller: null, sourceIp: request.sourceIp, principalOrgId: null, accessKey: null,
  cognitoAuthenticationType: null, cognitoAuthenticationProvider: null, userArn: null, userAgent: headerValues(request, 'user-agent')[0] ?? null, user: null,
});

/** What a function learns of a call beside its content. */
const requestContextOf = ({ request, stage, requestId, receivedAt }: Exchange, { resource, method }: Route, accountId: string): object => {
  const host = headerValues(request, 'host')[0] ?? '';
  return {
    resourceId: resource.id, resourcePath: resource.path, ...(method.operationName !== undefined && { operationName: method.operationName }),
    httpMethod: request.method, extendedRequestId: Buffer.from(requestId).toString('base64').slice(0, 16), requestTime: commonLogTime(receivedAt), path: request.path,
    accountId, protocol: 'HTTP/1.1', stage: stage.stageName, domainPrefix: host.split('.')[0] ?? '', requestTimeEpoch: receivedAt, requestId,
    identity: identityOf(request), domainName: host, apiId: stage.apiId,
  };
};

const isBinary = ({ definition, request }: Exchange): boolean => {
  const type = (headerValues(request, 'content-type')[0] ?? '').split(';')[0]?.trim() ?? '';
  return definition.binaryMediaTypes.some((each) => each === '*/*' || each === type || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))));
};

/** The parts of a request that both authorisers (REQUEST) and functions get. */
export const requestEvent = (exchange: Exchange, route: Route, accountId: string, authorizer?: AuthorizerContext): object => {
  const { request, stage, path } = exchange;
  const host = headerValues(request, 'host')[0] ?? '';
  const headers: Pairs = [...request.headers, ['X-Forwarded-For', request.sourceIp], ['X-Forwarded-Port', host.split(':')[1] ?? '443'], ['X-Forwarded-Proto', 'https']];
  const query = queryPairs(request);
  return {
    resource: route.resource.path, path, httpMethod: request.method,
    headers: last(headers), multiValueHeaders: all(headers), queryStringParameters: last(query), multiValueQueryStringParameters: all(query),
    pathParameters: Object.keys(route.pathParameters).length === 0 ? null : route.pathParameters, stageVariables: stage.variables ?? null,
    requestContext: { ...requestContextOf(exchange, route, accountId), ...(authorizer && { authorizer }) },
  };
};

/** The event of a Lambda proxy integration. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export const proxyEvent = (exchange: Exchange, route: Route, accountId: string, authorizer?: AuthorizerContext): object => {
  const { body } = exchange.request;
  const binary = isBinary(exchange);
  return { ...requestEvent(exchange, route, accountId, authorizer), body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'), isBase64Encoded: binary && body.length > 0 };
};
