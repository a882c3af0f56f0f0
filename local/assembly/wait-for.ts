import { setTimeout as sleep } from 'node:timers/promises';

const pollMilliseconds = 50;
const timeoutMilliseconds = 60_000;

/**
 * Waits until a condition holds, asking it again and again.
 * @throws Error when it does not hold within a minute.
 */
export const waitFor = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + timeoutMilliseconds;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMilliseconds / 1000} s for ${what}`);
    await sleep(pollMilliseconds);
  }
};
