import type { GatewayResponseType } from '@aws-sdk/client-api-gateway';

/** What the gateway answers by itself unless the API says otherwise. https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const builtIn = {
  ACCESS_DENIED: [403, 'AccessDeniedException', 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException', 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'AuthorizerConfigurationException', null],
  AUTHORIZER_FAILURE: [500, 'AuthorizerFailureException', null],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException', 'Missing required request parameters'],
  DEFAULT_4XX: [403, 'ForbiddenException', 'Forbidden'],
  // A function that fails or answers out of form.
  DEFAULT_5XX: [502, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException', 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException', 'Endpoint request timed out'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLargeException', 'Request Too Long'],
  THROTTLED: [429, 'TooManyRequestsException', 'Too Many Requests'],
  UNAUTHORIZED: [401, 'UnauthorizedException', 'Unauthorized'],
} as const satisfies Partial<Record<GatewayResponseType, readonly [number, string, string | null]>>;

/** A kind of answer that the gateway gives by itself. */
export type FaultType = keyof typeof builtIn;

/** Ends a request with one of the gateway's own answers. */
export class GatewayFault extends Error {
  readonly type: FaultType;
  readonly status: number;
  /** The `x-amzn-ErrorType` header. */
  readonly errorType: string;
  /** Null where AWS says nothing. */
  readonly text: string | null;

  constructor(type: FaultType, text?: string) {
    const [status, errorType, byDefault] = builtIn[type];
    super(text ?? byDefault ?? type);
    this.name = 'GatewayFault';
    this.type = type;
    this.status = status;
    this.errorType = errorType;
    this.text = text ?? byDefault;
  }
}
