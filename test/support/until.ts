import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the condition holds; rejects after the given time with what was waited for. */
export const until = async (what: string, condition: () => boolean | Promise<boolean>, milliseconds = 20_000): Promise<void> => {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await sleep(20);
  }
};
