import { privileges } from '../../../lambda/contract/routes.ts';

/** A request as API Gateway passes it, of an owner with every privilege. */
export const aProxyEvent = (overrides: {
  method?: string; resource?: string; path?: string; params?: Record<string, string>; query?: Record<string, string>;
  headers?: Record<string, string>; body?: unknown; text?: string; granted?: readonly string[]; accountId?: string;
} = {}): object => ({
  httpMethod: overrides.method ?? 'GET',
  resource: overrides.resource ?? '/events',
  path: overrides.path ?? overrides.resource ?? '/events',
  headers: overrides.headers ?? null,
  multiValueHeaders: null,
  queryStringParameters: overrides.query ?? null,
  pathParameters: overrides.params ?? null,
  body: overrides.text ?? (overrides.body === undefined ? null : JSON.stringify(overrides.body)),
  isBase64Encoded: false,
  requestContext: {
    requestId: 'request-1',
    authorizer: { subject: 'producer', accountId: overrides.accountId ?? 'acc_mine', role: 'OWNER', privileges: (overrides.granted ?? privileges).join(' '), principalId: 'producer' },
  },
});
