import { UnavailableError } from '../domain/shared/errors.ts';

const passingNames = new Set([
  'InternalServerError', 'InternalServerErrorException', 'InternalServiceError', 'InternalFailure', 'ServiceUnavailable', 'ServiceUnavailableException',
  'BadGatewayException', 'GatewayTimeoutException', 'Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded',
  'ProvisionedThroughputExceededException', 'SlowDown', 'TimeoutError', 'NetworkingError', 'RequestTimeout',
]);

const passingCodes = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether the same call may succeed later: throttling, the service's own fault, or the network between. */
const isPassingFault = (error: unknown): error is Error =>
  error instanceof Error &&
  (passingNames.has(error.name) ||
    ('$fault' in error && error.$fault === 'server') ||
    ('$retryable' in error && error.$retryable !== undefined) ||
    ('code' in error && typeof error.code === 'string' && passingCodes.has(error.code)));

/**
 * Calls a service, with passing faults (after the SDK's own retries) as UnavailableError. Other errors pass as they
 * are, for the adapter to translate by class.
 * @throws UnavailableError
 */
export const calling = async <Output>(service: string, call: () => Promise<Output>): Promise<Output> => {
  try {
    return await call();
  } catch (error) {
    if (!isPassingFault(error)) throw error;
    throw new UnavailableError({
      code: `${service}-unavailable`,
      message: `${service} cannot answer now (${error.name}): try again in a moment`,
      cause: error,
    });
  }
};
