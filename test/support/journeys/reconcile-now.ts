import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { StageAccess } from './stage-driver.ts';

/** Runs a stage's reconciler now, which its schedule does every minute. @throws Error when it fails */
export const reconcileNow = async (access: StageAccess): Promise<void> => {
  const lambda = new LambdaClient(access);
  try {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    const name = Functions.map(({ FunctionName = '' }) => FunctionName).find((functionName) => /reconcile/i.test(functionName));
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: name }));
    if (FunctionError !== undefined) throw new Error(`the reconciler failed: ${Payload?.transformToString() ?? FunctionError}`);
  } finally {
    lambda.destroy();
  }
};
