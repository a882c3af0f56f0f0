import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { problemMediaType, type Problem } from '../../../../lambda/contract/api/problem.ts';

interface GatewayProblem {
  readonly type: ResponseType;
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/** What the gateway answers by itself, in the shape of every other error of the API. */
const problems: readonly GatewayProblem[] = [
  { type: ResponseType.UNAUTHORIZED, status: 401, code: 'not-authenticated', title: 'A valid access token is needed' },
  { type: ResponseType.ACCESS_DENIED, status: 403, code: 'not-allowed', title: 'Not allowed' },
  // The gateway says 403 of paths that it does not know.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: 404, code: 'no-such-operation', title: 'Not found' },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, code: 'no-such-operation', title: 'Not found' },
  { type: ResponseType.REQUEST_TOO_LARGE, status: 413, code: 'too-large', title: 'The request is too large' },
  { type: ResponseType.THROTTLED, status: 429, code: 'too-many-requests', title: 'Too many requests for a moment' },
  { type: ResponseType.QUOTA_EXCEEDED, status: 429, code: 'too-many-requests', title: 'Too many requests for a moment' },
  { type: ResponseType.AUTHORIZER_FAILURE, status: 500, code: 'internal', title: 'Something went wrong here' },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, status: 500, code: 'internal', title: 'Something went wrong here' },
  { type: ResponseType.INTEGRATION_FAILURE, status: 502, code: 'unavailable', title: 'Not available for a moment' },
  { type: ResponseType.INTEGRATION_TIMEOUT, status: 504, code: 'unavailable', title: 'Not available for a moment' },
  // Whatever is not listed, among it requests that are malformed.
  { type: ResponseType.DEFAULT_4XX, status: 400, code: 'invalid-request', title: 'The request cannot be accepted' },
  { type: ResponseType.DEFAULT_5XX, status: 500, code: 'internal', title: 'Something went wrong here' },
];

const bodyOf = ({ status, code, title }: GatewayProblem): Problem => ({
  type: `urn:visionstream:problem:${code}`,
  title,
  status,
  code,
  requestId: '$context.requestId',
  instance: '$context.path',
});

/** Makes the gateway's own answers `application/problem+json` (RFC 9457). */
export const answerWithProblems = (api: RestApi): void => {
  for (const problem of problems) {
    api.addGatewayResponse(problem.type.responseType, {
      type: problem.type,
      statusCode: String(problem.status),
      responseHeaders: { 'Content-Type': `'${problemMediaType}'` },
      templates: { 'application/json': JSON.stringify(bodyOf(problem)) },
    });
  }
};
