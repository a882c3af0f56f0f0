import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionName } from '../../../lambda/contract/functions.ts';
import type { StageDriver } from './stage-driver.ts';

/** Functions that a schedule fires, and the one that measures. */
type RunFunction = Extract<FunctionName, 'accrual' | 'inventory' | 'metering' | 'reconciler'>;

/** Runs one of a stage's functions now, as its schedule or the show's execution does. Answers what it answers. @throws Error when it fails */
export const runFunction = async ({ aws, name }: Pick<StageDriver, 'aws' | 'name'>, wanted: RunFunction, input: object = {}): Promise<unknown> => {
  const lambda = new LambdaClient({ ...aws });
  try {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: `${name}-${wanted}`, Payload: JSON.stringify(input) }));
    const answer = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new Error(`${wanted} failed: ${answer}`);
    return JSON.parse(answer);
  } finally {
    lambda.destroy();
  }
};
