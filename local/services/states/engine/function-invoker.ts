import type { Json } from '../../../runtime/state/collection.ts';
import { isObject, parseJson } from '../asl/json.ts';
import { StateError } from '../asl/state-error.ts';

/** What a call of a function came to. */
export type FunctionOutcome =
  /** The function's answer, as JSON. */
  | { readonly kind: 'answered'; readonly payload: string; readonly executedVersion: string; readonly requestId: string }
  /** What the function threw: Lambda's JSON with errorType, errorMessage and trace. */
  | { readonly kind: 'function-error'; readonly payload: string }
  /** Lambda refused the call: its exception's name and message. `SdkClientException` when Lambda could not be reached. */
  | { readonly kind: 'service-error'; readonly name: string; readonly message: string };

/** Calls functions as the role of a state machine, which must be allowed lambda:InvokeFunction. */
export interface FunctionInvoker {
  /** Never rejects. Payload is JSON. */
  invoke(call: { readonly functionName: string; readonly payload: string; readonly roleArn: string; readonly sessionName: string }): Promise<FunctionOutcome>;
}

// Exceptions that Step Functions reports by their own name; others are Lambda.AWSLambdaException, a refused permission among them.
const ownNames = ['TooManyRequestsException', 'ServiceException', 'ResourceNotFoundException', 'ResourceConflictException', 'ResourceNotReadyException', 'RequestTooLargeException', 'InvalidParameterValueException', 'InvalidRequestContentException', 'SdkClientException', 'EC2ThrottledException', 'CodeArtifactUserFailedException'];

const parsed = (payload: string): Json => {
  if (payload === '') return null;
  try {
    return parseJson(payload);
  } catch {
    return payload;
  }
};

const functionError = (payload: string): StateError => {
  const thrown = parsed(payload);
  const type = isObject(thrown) ? thrown['errorType'] : undefined;
  return new StateError(typeof type === 'string' && type !== '' ? type : 'Lambda.Unknown', payload);
};

/** The result of a task, or the error that its state meets, as Step Functions makes them of a function's outcome. */
export const taskResultOf = (outcome: FunctionOutcome, form: 'lambda-invoke' | 'function'): Json | StateError => {
  switch (outcome.kind) {
    case 'function-error':
      return functionError(outcome.payload);
    case 'service-error':
      return new StateError(`Lambda.${ownNames.includes(outcome.name) ? outcome.name : 'AWSLambdaException'}`, outcome.message);
    case 'answered':
      return form === 'function' ? parsed(outcome.payload) : {
        ExecutedVersion: outcome.executedVersion,
        Payload: parsed(outcome.payload),
        SdkHttpMetadata: { HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: outcome.requestId },
        StatusCode: 200,
      };
  }
};
