import { CodecError } from './codec/codec-error.ts';
import type { SdkDescription } from './codec/sdk-schema.ts';
import type { WireError } from './protocols/protocol.ts';
import { ServiceFault } from './service-fault.ts';

/** Where failures that are nobody's answer are told. */
export interface GatewayLogger {
  /** `details.error` is the error's stack as text. */
  error(message: string, details: Readonly<Record<string, unknown>>): void;
}

const isServiceException = (error: unknown): error is Error & { readonly $fault: unknown } => error instanceof Error && '$fault' in error;

const fault = (statusCode: number): WireError['fault'] => (statusCode < 500 ? 'client' : 'server');

const plain = (code: string, message: string, statusCode: number, sdk: SdkDescription | undefined): WireError => {
  const shape = sdk?.errors.get(code);
  return { code, message, statusCode, fault: fault(statusCode), members: { message, Message: message }, ...(shape && { shape }) };
};

/**
 * What is answered for a thrown error: the SDK's exceptions as the SDK describes them, faults as they say, and
 * everything else as 500 `InternalFailure`, which is logged and tells the caller nothing but the request id.
 */
export const wireError = (error: unknown, sdk: SdkDescription | undefined, logger: GatewayLogger, call: Readonly<Record<string, unknown>>): WireError => {
  if (error instanceof CodecError) return plain(error.name, error.message, 400, sdk);
  if (error instanceof ServiceFault) return plain(error.name, error.message, error.statusCode, sdk);
  if (isServiceException(error)) {
    const shape = sdk?.errors.get(error.name);
    const statusCode = shape?.statusCode ?? (error.$fault === 'server' ? 500 : 400);
    const members = { ...Object.fromEntries(Object.entries(error)), message: error.message, Message: error.message };
    return { code: error.name, message: error.message, statusCode, fault: fault(statusCode), members, ...(shape && { shape }) };
  }
  logger.error('a service failed', { ...call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return plain('InternalFailure', 'The service failed on this machine; its log says why.', 500, sdk);
};
