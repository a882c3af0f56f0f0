import type { SdkDescription } from './codec/sdk-schema.ts';
import { missingMembers } from './codec/missing-members.ts';
import type { Protocol, WireRequest, WireResponse } from './protocols/protocol.ts';
import type { CallContext, Permission, SchemaService } from './service.ts';
import { ServiceFault } from './service-fault.ts';

// What services call an input that breaks a rule: the first that the SDK models, so that clients get its class.
const validationErrors = [
  'ValidationException',
  'MissingRequiredParameterException',
  'BadRequestException',
  'InvalidParameterException',
  'InvalidParameterValueException',
  'InvalidRequestException',
  'InvalidInputException',
  'InvalidArgument',
];

const invalidInput = (missing: readonly string[], sdk: SdkDescription): ServiceFault => {
  const code = validationErrors.find((name) => sdk.errors.has(name)) ?? (sdk.protocol === 'awsQuery' ? 'ValidationError' : 'ValidationException');
  const details = missing.map((path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  return new ServiceFault(code, `${missing.length} validation error${missing.length === 1 ? '' : 's'} detected: ${details.join('; ')}`);
};

const unknownOperation = (request: WireRequest, service: SchemaService): ServiceFault =>
  new ServiceFault('UnknownOperationException', `${service.signingName} has no operation for ${request.headers['x-amz-target'] ?? `${request.method} ${request.path}`}`, 404);

/**
 * Reads a request's operation and input, checks them and the caller's permissions, and writes the operation's output.
 * `authorise` throws when the caller may not. Throws what is to be answered as an error.
 */
export const callOperation = async (
  service: SchemaService,
  sdk: SdkDescription,
  protocol: Protocol,
  request: WireRequest,
  context: CallContext,
  authorise: (permission: Permission) => void,
): Promise<WireResponse> => {
  const located = protocol.locate(request, sdk);
  if (!located) throw unknownOperation(request, service);
  const { name, input: shape } = located.operation;
  const operation = service.operations[name];
  if (!operation) throw new ServiceFault('NotImplementedException', `${service.signingName} ${name} is not implemented on this machine: docs/local-parity.md lists what is`, 501);
  const read = located.readInput();
  const input = typeof read === 'object' && read !== null ? read : {};
  const missing = missingMembers(shape, input);
  if (missing.length > 0) throw invalidInput(missing, sdk);
  operation.permissions(input, context).forEach(authorise);
  const output = await operation.handle(input, context);
  return protocol.writeOutput(located.operation, typeof output === 'object' && output !== null ? output : {}, sdk, context.requestId);
};
