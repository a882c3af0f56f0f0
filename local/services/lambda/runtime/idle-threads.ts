import type { Clock } from '../../../runtime/clock.ts';

/** How many threads may idle on the whole platform, and for how long: each holds 30 to 40 MB. */
export interface IdleLimits {
  readonly threads: number;
  readonly milliseconds: number;
}

/** The idle threads of every function. */
export interface IdleThreads {
  /** Calls back when the thread must go: it has idled too long, or too many idle and it has idled longest. Gives a function that takes it back into work. */
  add(retire: () => void): () => void;
}

const defaultIdleLimits: IdleLimits = { threads: 8, milliseconds: 60_000 };

/** Keeps the idle threads of all functions few. */
export const createIdleThreads = (clock: Clock, given: Partial<IdleLimits> = {}): IdleThreads => {
  const limits = { ...defaultIdleLimits, ...given };
  const resting: { readonly retire: () => void; readonly wake: AbortController }[] = [];
  const remove = (entry: (typeof resting)[number]): boolean => {
    const position = resting.indexOf(entry);
    if (position >= 0) resting.splice(position, 1);
    entry.wake.abort();
    return position >= 0;
  };
  return {
    add: (retire) => {
      const entry = { retire, wake: new AbortController() };
      resting.push(entry);
      void clock.sleep(limits.milliseconds, entry.wake.signal).then(() => {
        if (remove(entry)) retire();
      });
      const [longest] = resting;
      if (longest && resting.length > limits.threads && remove(longest)) longest.retire();
      return () => void remove(entry);
    },
  };
};
