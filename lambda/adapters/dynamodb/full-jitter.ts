import { UnavailableError } from '../../domain/shared/errors.ts';

/** Where a retry takes its time and its dice from. */
export interface RetryTiming {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** How long to go on. */
  readonly budgetMilliseconds: number;
}

/** Design §4 rule 3: transactions that meet are retried for 30 s, then left to the caller's own retry. */
export const systemRetryTiming: RetryTiming = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
  budgetMilliseconds: 30_000,
};

/** For whoever answers a request: API Gateway gives up after 29 s, and a client's own retry is better than a late answer. */
export const requestRetryTiming: RetryTiming = { ...systemRetryTiming, budgetMilliseconds: 8_000 };

const firstDelayMilliseconds = 25;
const longestDelayMilliseconds = 2_000;

/**
 * Repeats `attempt` with full jitter while its error `isRetryable` (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
 * @throws UnavailableError when the budget is spent; other errors at once
 */
export const withFullJitter = async <Output>(
  timing: RetryTiming,
  isRetryable: (error: unknown) => boolean,
  attempt: () => Promise<Output>,
): Promise<Output> => {
  const deadline = timing.now() + timing.budgetMilliseconds;
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      const delay = timing.random() * Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** tries);
      if (timing.now() + delay > deadline) {
        throw new UnavailableError({
          code: 'write-contended',
          message: `others kept writing the same items for ${timing.budgetMilliseconds} ms and ${tries + 1} tries: try again`,
          cause: error,
        });
      }
      await timing.sleep(delay);
    }
  }
};
