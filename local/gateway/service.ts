import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Who calls: a role's session, the operator of this machine, who may do everything, or a service of AWS for one of its
 * resources (`cloudfront.amazonaws.com` for a distribution), which may do what a policy of the thing itself allows.
 */
export type Principal =
  | { readonly kind: 'operator' }
  | { readonly kind: 'role'; readonly roleArn: string; readonly sessionName: string }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string };

/** What a service knows of a call beside its input. */
export interface CallContext {
  readonly principal: Principal;
  readonly requestId: string;
  readonly region: string;
  readonly accountId: string;
}

/** What a call needs to be allowed: IAM action and the ARNs it touches (`*` where the service has no resource-level permission). */
export interface Permission {
  readonly action: string;
  readonly resources: readonly string[];
}

/** One operation: takes the SDK's own input type, returns its output type without metadata. Throws the SDK's own modelled exceptions. */
export interface Operation<Input, Output> {
  /** What the caller must be allowed, from the input. More than one permission where AWS checks more (such as iam:PassRole). */
  permissions(input: Input, context: CallContext): readonly Permission[];
  handle(input: Input, context: CallContext): Output | Promise<Output>;
}

/** A service whose requests and responses are encoded from the SDK's schemas. */
export interface SchemaService {
  readonly kind: 'schema';
  /** As in the credential scope of a signature: `medialive`, `states`, `monitoring`. */
  readonly signingName: string;
  /** The SDK client's module: the source of its operation schemas and its protocol. */
  readonly sdk: Readonly<Record<string, unknown>>;
  /** By operation name (`CreateChannel`). An operation that is not here answers 501 with a message that says so. */
  readonly operations: Readonly<Record<string, Operation<object, unknown> | undefined>>;
}

/** A service that speaks HTTP itself, because it streams (S3) or because its engine has a wire protocol of its own (DynamoDB). */
export interface RawService {
  readonly kind: 'raw';
  readonly signingName: string;
  /** The API's names of what it serves, for the parity page. */
  readonly operations: readonly string[];
  /** `authorise` throws the answer that the gateway gives when the caller is not allowed. */
  handle(request: IncomingMessage, response: ServerResponse, context: CallContext, authorise: (permission: Permission) => void): Promise<void>;
}

export type LocalService = SchemaService | RawService;
