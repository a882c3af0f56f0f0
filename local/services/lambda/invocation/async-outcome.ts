import type { FunctionRecord } from '../function-record.ts';
import type { LambdaWorld } from '../lambda-world.ts';
import type { InvocationResult } from './invoke.ts';

/** An asynchronous call that has not come to its end. */
export interface AsyncInvocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly payload: string;
  readonly receivedAt: number;
  readonly attempts: number;
  readonly notBefore: number;
}

/** How an asynchronous call came to its end, in Lambda's words. */
export type OutcomeCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** An asynchronous call at its end. One that was never let in has no result. */
export interface AsyncOutcome {
  readonly invocation: AsyncInvocation;
  readonly condition: OutcomeCondition;
  readonly result: InvocationResult | undefined;
}

/** Tells the function's destination and dead-letter queue of a call that has come to its end. Never rejects: what cannot be delivered is counted. */
export const tellOutcome = async (world: LambdaWorld, record: FunctionRecord, outcome: AsyncOutcome): Promise<void> => {
  try {
    await tellDestination(world, record, outcome);
    if (outcome.condition !== 'Success') await tellDeadLetters(world, record, outcome);
  } catch {
    world.metrics.record({ namespace: 'AWS/Lambda', name: 'DestinationDeliveryFailures', dimensions: { FunctionName: record.name }, value: 1, unit: 'Count' });
  }
};

const tellDestination = async (world: LambdaWorld, record: FunctionRecord, outcome: AsyncOutcome): Promise<void> => {
  const config = world.eventInvokeConfigs.get(record.name);
  const targetArn = outcome.condition === 'Success' ? config?.onSuccess : config?.onFailure;
  if (targetArn === undefined) return;
  const body = JSON.stringify(recordOf(outcome, record, world.clock.now()));
  await world.deliverOutcome({ targetArn, roleArn: record.roleArn, body, attributes: {} });
};

const tellDeadLetters = async (world: LambdaWorld, { deadLetterArn, roleArn }: FunctionRecord, { invocation, condition, result }: AsyncOutcome): Promise<void> => {
  if (deadLetterArn === undefined) return;
  const attributes = { RequestID: invocation.requestId, ErrorCode: '200', ErrorMessage: (result?.payload ?? condition).slice(0, 1024) };
  await world.deliverOutcome({ targetArn: deadLetterArn, roleArn, body: invocation.payload, attributes });
};

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
const recordOf = ({ invocation, condition, result }: AsyncOutcome, { arn }: FunctionRecord, now: number) => ({
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  requestContext: { requestId: invocation.requestId, functionArn: `${arn}:$LATEST`, condition, approximateInvokeCount: invocation.attempts },
  requestPayload: jsonOf(invocation.payload),
  ...(result && { responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(result.functionError && { functionError: result.functionError }) }, responsePayload: jsonOf(result.payload) }),
});

const jsonOf = (text: string): unknown => (text === '' ? null : JSON.parse(text));
