import type { ErrorShape, OperationShape, SdkDescription } from '../codec/sdk-schema.ts';

/** A request as it came, its body read. */
export interface WireRequest {
  readonly method: string;
  /** As on the wire, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A response ready to be sent. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An error before it is encoded. */
export interface WireError {
  /** The name that clients know it by: `NotFoundException`. */
  readonly code: string;
  readonly message: string;
  readonly statusCode: number;
  readonly fault: 'client' | 'server';
  /** The thrown exception's own members. */
  readonly members: object;
  /** How the SDK describes it, where it does. */
  readonly shape?: ErrorShape;
}

/** The operation that a request asks for, and how to read its input. */
export interface LocatedOperation {
  readonly operation: OperationShape;
  /** Throws `CodecError` when the request cannot be read. */
  readInput(): unknown;
}

/** One wire protocol. */
export interface Protocol {
  /** The operation asked for, or undefined when the service has none such. */
  locate(request: WireRequest, sdk: SdkDescription): LocatedOperation | undefined;
  writeOutput(operation: OperationShape, output: object, sdk: SdkDescription, requestId: string): WireResponse;
  writeError(error: WireError, sdk: SdkDescription | undefined, requestId: string): WireResponse;
}
