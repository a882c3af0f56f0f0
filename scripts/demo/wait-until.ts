import { setTimeout as sleep } from 'node:timers/promises';

/** What is waited for, and for how long. */
export interface WaitOptions {
  readonly what: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly pollMilliseconds?: number;
}

/**
 * Asks again and again until there is an answer.
 * @throws Error that names what did not happen in time; AbortError when the signal aborts.
 */
export const waitUntil = async <Answer>({ what, timeoutSeconds, signal, pollMilliseconds = 500 }: WaitOptions, ask: () => Promise<Answer | undefined>): Promise<Answer> => {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${timeoutSeconds} s`);
    await sleep(pollMilliseconds, undefined, { signal });
  }
};
