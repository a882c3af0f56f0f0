import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { RoleSessions } from '../../runtime/ports.ts';
import type { FunctionInvoker, FunctionOutcome } from './engine/function-invoker.ts';

const refused = (cause: unknown): FunctionOutcome => {
  if (!(cause instanceof Error)) return { kind: 'service-error', name: 'SdkClientException', message: String(cause) };
  const isModelled = '$fault' in cause || 'statusCode' in cause;
  return { kind: 'service-error', name: isModelled ? cause.name : 'SdkClientException', message: cause.message };
};

/** Calls functions through Lambda's API with a session of the state machine's role, so that the role's permissions are checked. */
export const sdkFunctionInvoker = (roles: RoleSessions): FunctionInvoker => ({
  invoke: async ({ functionName, payload, roleArn, sessionName }) => {
    let client: LambdaClient | undefined;
    try {
      // Retrying is the state machine's own business.
      client = new LambdaClient({ ...roles.assume(roleArn, 'states.amazonaws.com', sessionName), maxAttempts: 1 });
      const answer = await client.send(new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) }));
      const text = Buffer.from(answer.Payload ?? []).toString();
      if (answer.FunctionError !== undefined) return { kind: 'function-error', payload: text };
      return { kind: 'answered', payload: text, executedVersion: answer.ExecutedVersion ?? '$LATEST', requestId: answer.$metadata.requestId ?? '' };
    } catch (cause) {
      return refused(cause);
    } finally {
      client?.destroy();
    }
  },
});
