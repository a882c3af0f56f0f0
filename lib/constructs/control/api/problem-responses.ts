import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface GatewayProblem {
  readonly type: ResponseType;
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/** What the gateway answers by itself, in the shape of every other error of the API. */
const problems: readonly GatewayProblem[] = [
  { type: ResponseType.UNAUTHORIZED, status: 401, code: 'not-authenticated', title: 'A valid access token is needed' },
  { type: ResponseType.ACCESS_DENIED, status: 403, code: 'not-allowed', title: 'The caller may not do this' },
  // The gateway says 403 of paths that it does not know.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: 404, code: 'not-found', title: 'There is no such operation' },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, code: 'not-found', title: 'There is no such operation' },
  { type: ResponseType.REQUEST_TOO_LARGE, status: 413, code: 'too-large', title: 'The request is too large' },
  { type: ResponseType.THROTTLED, status: 429, code: 'too-many-requests', title: 'Too many requests; try again later' },
  { type: ResponseType.QUOTA_EXCEEDED, status: 429, code: 'too-many-requests', title: 'Too many requests; try again later' },
  { type: ResponseType.AUTHORIZER_FAILURE, status: 500, code: 'internal', title: 'The caller could not be verified' },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, status: 500, code: 'internal', title: 'The caller could not be verified' },
  { type: ResponseType.INTEGRATION_FAILURE, status: 502, code: 'unavailable', title: 'The operation failed' },
  { type: ResponseType.INTEGRATION_TIMEOUT, status: 504, code: 'unavailable', title: 'The operation took too long' },
];

const template = ({ status, code, title }: Omit<GatewayProblem, 'type'>): string =>
  JSON.stringify({ type: 'about:blank', title, status, code, requestId: '$context.requestId' });

/** For what is not listed: the gateway's own words, quoted by it. */
const fallback = (code: string, title: string): string =>
  `{"type":"about:blank","title":"${title}","code":"${code}","detail":$context.error.messageString,"requestId":"$context.requestId"}`;

const responseHeaders = { 'Content-Type': "'application/problem+json'" };

/** Makes the gateway's own answers `application/problem+json` (RFC 9457). */
export const answerWithProblems = (api: RestApi): void => {
  for (const { type, ...problem } of problems) {
    api.addGatewayResponse(type.responseType, { type, statusCode: String(problem.status), responseHeaders, templates: { 'application/json': template(problem) } });
  }
  const defaults = [
    { type: ResponseType.DEFAULT_4XX, text: fallback('invalid-request', 'The request cannot be handled') },
    { type: ResponseType.DEFAULT_5XX, text: fallback('internal', 'The operation failed') },
  ];
  for (const { type, text } of defaults) {
    api.addGatewayResponse(type.responseType, { type, responseHeaders, templates: { 'application/json': text } });
  }
};
