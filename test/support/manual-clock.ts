import type { Clock } from '../../local/runtime/clock.ts';

/** A clock that moves only when told. */
export interface ManualClock extends Clock {
  /** Moves time on; sleeps that end meanwhile resolve in order, each before the next one. */
  advance(milliseconds: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Lets everything run that waits for promises or for input and output that is ready. */
export const settled = (turns = 20): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(() => void settled(turns - 1).then(resolve)));

/** Starts at the given time. */
export const manualClock = (start = Date.parse('2026-11-23T10:00:00Z')): ManualClock => {
  let now = start;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve();
          return;
        }
        const sleeper: Sleeper = {
          until: now + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      await settled();
      for (;;) {
        const [next] = [...sleepers].filter(({ until }) => until <= end).sort((left, right) => left.until - right.until);
        if (!next) break;
        now = Math.max(now, next.until);
        next.wake();
        await settled();
      }
      now = end;
      await settled();
    },
  };
};
