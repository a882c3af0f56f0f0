import type { LambdaWorld } from '../lambda-world.ts';
import { tellOutcome, type AsyncInvocation, type OutcomeCondition } from './async-outcome.ts';
import { invokeFunction, type InvocationResult } from './invoke.ts';

/** Asynchronous calls, kept until they succeed or are given up. */
export interface AsyncInvocations {
  add(functionName: string, payload: string, requestId: string): void;
  /** Goes on with those that were kept. */
  resume(): void;
  /** Stops waiting; those under way are tried again after a restart. */
  close(): Promise<void>;
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
const defaultRetries = 2;
const defaultAgeSeconds = 21_600;
const retryDelays = [60_000, 120_000];
const throttleDelay = 1000;

/** Asynchronous calls with Lambda's retries, which are as late as on AWS divided by the time scale. */
export const createAsyncInvocations = (world: LambdaWorld): AsyncInvocations => {
  const pending = world.state.collection<AsyncInvocation>('lambda/async-invocations');
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();

  const again = (invocation: AsyncInvocation, delay: number): AsyncInvocation => {
    const next = { ...invocation, notBefore: world.clock.now() + world.timeScale.scaled(delay) };
    pending.put(next.requestId, next);
    return next;
  };

  /** The invocation to try again, `undefined` when it has come to its end. */
  const attempt = async (invocation: AsyncInvocation): Promise<AsyncInvocation | undefined> => {
    const record = world.functions.get(invocation.functionName);
    if (!record) {
      pending.delete(invocation.requestId);
      return undefined;
    }
    const config = world.eventInvokeConfigs.get(record.name);
    const tried = { ...invocation, attempts: invocation.attempts + 1 };
    const result = await invokeFunction(world, record, invocation.payload, invocation.requestId).catch(() => undefined);
    if (closing.signal.aborted) return undefined;
    const expired = world.clock.now() - invocation.receivedAt > (config?.maximumAgeSeconds ?? defaultAgeSeconds) * 1000;
    const condition = conditionOf(result, expired, tried.attempts > (config?.maximumRetries ?? defaultRetries));
    if (condition === undefined) return result ? again(tried, retryDelays[tried.attempts - 1] ?? 0) : again(invocation, throttleDelay);
    await tellOutcome(world, record, { invocation: tried, condition, result });
    pending.delete(tried.requestId);
    return undefined;
  };

  const carry = async (first: AsyncInvocation): Promise<void> => {
    for (let next: AsyncInvocation | undefined = first; next; ) {
      await world.clock.sleep(Math.max(0, next.notBefore - world.clock.now()), closing.signal);
      if (closing.signal.aborted) return;
      next = await attempt(next);
    }
  };
  const begin = (invocation: AsyncInvocation): void => {
    const carried: Promise<void> = carry(invocation).finally(() => underWay.delete(carried));
    underWay.add(carried);
  };
  return {
    add: (functionName, payload, requestId) => {
      const now = world.clock.now();
      const invocation = { requestId, functionName, payload, receivedAt: now, attempts: 0, notBefore: now };
      pending.put(requestId, invocation);
      begin(invocation);
    },
    resume: () => [...pending.values()].forEach(begin),
    close: async () => {
      closing.abort();
      await Promise.allSettled(underWay);
    },
  };
};

/** How a call came to its end; `undefined` when it is tried again. A call without a result was refused. */
const conditionOf = (result: InvocationResult | undefined, expired: boolean, exhausted: boolean): OutcomeCondition | undefined => {
  if (result && !result.functionError) return 'Success';
  if (result && exhausted) return 'RetriesExhausted';
  return expired ? 'EventAgeExceeded' : undefined;
};
