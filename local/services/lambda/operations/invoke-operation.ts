import * as lambda from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import type { Operations } from '../../../gateway/define-service.ts';
import type { AsyncInvocations } from '../invocation/async-invocations.ts';
import { invokeFunction } from '../invocation/invoke.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { LambdaWorld } from '../lambda-world.ts';
import { findFunction, onFunction } from './function-operations.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const maximumBytes = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 } as const;
const tailBytes = 4096;

/**
 * The payload of a call as JSON text.
 * @throws RequestTooLargeException, InvalidRequestContentException
 */
export const checkedPayload = (payload: unknown, type: keyof typeof maximumBytes): string => {
  const text = payload instanceof Uint8Array ? Buffer.from(payload).toString() : typeof payload === 'string' ? payload : '';
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumBytes[type]) throw new lambda.RequestTooLargeException({ Type: 'User', message: `${bytes} byte payload is too large for the ${type} invocation type (limit ${maximumBytes[type]} bytes)`, $metadata: {} });
  if (text === '') return '{}';
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new lambda.InvalidRequestContentException({ Type: 'User', message: `Could not parse request body into json: ${cause instanceof Error ? cause.message : String(cause)}`, $metadata: {} });
  }
};

/** Refuses to call a function that is still being created. */
export const checkActive = (world: LambdaWorld, { activeAt, arn }: FunctionRecord): void => {
  if (world.clock.now() < activeAt) throw new lambda.ResourceConflictException({ Type: 'User', message: `The operation cannot be performed at this time. The function is currently in the following state: Pending (${arn})`, $metadata: {} });
};

const checkQualifier = (qualifier: string | undefined, { arn }: FunctionRecord): void => {
  if (qualifier === undefined || qualifier === '$LATEST') return;
  const message = `Function not found: ${arn}:${qualifier}`;
  throw new lambda.ResourceNotFoundException({ Type: 'User', message, Message: message, $metadata: {} });
};

/** Invoke: and wait, asynchronously, or only to see whether it is allowed. */
export const invokeOperation = (world: LambdaWorld, asyncInvocations: AsyncInvocations): Operations<typeof lambda> => ({
  Invoke: {
    permissions: onFunction('InvokeFunction'),
    handle: async (input, context) => {
      const record = findFunction(world, input.FunctionName, context);
      checkQualifier(input.Qualifier, record);
      const type = input.InvocationType ?? 'RequestResponse';
      const payload = checkedPayload(input.Payload, type);
      checkActive(world, record);
      if (type === 'DryRun') return { StatusCode: 204, ExecutedVersion: '$LATEST' };
      if (type === 'Event') {
        asyncInvocations.add(record.name, payload, context.requestId);
        return { StatusCode: 202 };
      }
      const result = await invokeFunction(world, record, payload, context.requestId);
      const tail = Buffer.from(result.log.map((line) => `${line}\n`).join('')).subarray(-tailBytes).toString('base64');
      return {
        StatusCode: 200, ExecutedVersion: '$LATEST', Payload: new Uint8ArrayBlobAdapter(Buffer.from(result.payload)),
        ...(result.functionError && { FunctionError: result.functionError }), ...(input.LogType === 'Tail' && { LogResult: tail }),
      };
    },
  },
});
