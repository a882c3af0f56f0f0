import { TooManyRequestsException } from '@aws-sdk/client-lambda';
import { logGroupOf, type FunctionRecord } from '../function-record.ts';
import type { LambdaWorld } from '../lambda-world.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import type { ThreadOutcome } from '../runtime/function-thread.ts';

/** What a call of a function came to. `payload` is JSON: the answer, or what the function threw. */
export interface InvocationResult {
  readonly payload: string;
  /** `Unhandled` when the function failed. */
  readonly functionError?: 'Unhandled';
  readonly requestId: string;
  /** What the function printed, with Lambda's own lines. */
  readonly log: readonly string[];
}

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, with some room for the envelope
const maximumAnswerBytes = 6_291_556;

const limited = (outcome: ThreadOutcome): ThreadOutcome =>
  outcome.kind === 'answered' && Buffer.byteLength(outcome.payload) > maximumAnswerBytes
    ? { kind: 'failed', failure: { errorType: 'Function.ResponseSizeTooLarge', errorMessage: `Response payload size exceeded maximum allowed payload size (${maximumAnswerBytes} bytes).`, trace: [] } }
    : outcome;

const payloadOf = (outcome: ThreadOutcome): string => {
  if (outcome.kind === 'answered') return outcome.payload;
  const { errorType, errorMessage, trace } = outcome.failure;
  return JSON.stringify(trace.length === 0 ? { errorType, errorMessage } : { errorType, errorMessage, trace });
};

const measure = ({ metrics }: LambdaWorld, { name }: FunctionRecord, values: Readonly<Record<string, number>>): void => {
  for (const [metric, value] of Object.entries(values)) {
    metrics.record({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: name }, value, unit: metric === 'Duration' ? 'Milliseconds' : 'Count' });
  }
};

/**
 * Calls a function and waits for its answer.
 * @throws TooManyRequestsException when too many calls of it are under way.
 */
export const invokeFunction = async (world: LambdaWorld, record: FunctionRecord, payload: string, requestId: string): Promise<InvocationResult> => {
  const log: string[] = [];
  const place = { logGroupName: logGroupOf(record), logStreamName: world.pools.logStreamOf(record) };
  const write = (message: string): void => {
    log.push(message);
    world.logs.write({ ...place, message, at: world.clock.now() });
    for (const observation of embeddedMetrics(message)) world.metrics.record(observation);
  };
  const begun = world.clock.now();
  const call = world.pools.of(record).invoke(requestId, payload, write);
  if (!call) {
    measure(world, record, { Throttles: 1 });
    throw new TooManyRequestsException({ Type: 'User', Reason: 'ConcurrentInvocationLimitExceeded', message: 'Rate Exceeded.', $metadata: {} });
  }
  write(`START RequestId: ${requestId} Version: $LATEST`);
  const outcome = limited(await call);
  const duration = world.clock.now() - begun;
  if (outcome.kind === 'failed' && outcome.failure.trace.length === 0) write(outcome.failure.errorMessage);
  write(`END RequestId: ${requestId}`);
  write(`REPORT RequestId: ${requestId}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\tMemory Size: ${record.memoryMegabytes} MB`);
  measure(world, record, { Invocations: 1, Errors: outcome.kind === 'failed' ? 1 : 0, Duration: duration });
  return { payload: payloadOf(outcome), ...(outcome.kind === 'failed' && { functionError: 'Unhandled' }), requestId, log };
};
