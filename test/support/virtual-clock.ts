import type { Clock } from '../../local/runtime/clock.ts';

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Goes on, waking sleepers in order, and lets everything settle at each stop. */
  advance(milliseconds: number): Promise<void>;
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A virtual clock that begins at the given instant. */
export const virtualClock = (start = Date.parse('2026-01-05T12:00:00Z')): VirtualClock => {
  let now = start;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const sleeper = { at: now + milliseconds, wake: () => { sleepers.delete(sleeper); resolve(); } };
        sleepers.add(sleeper);
        if (signal?.aborted) sleeper.wake();
        signal?.addEventListener('abort', sleeper.wake);
      }),
    advance: async (milliseconds) => {
      const until = now + milliseconds;
      await settle();
      for (;;) {
        const [next] = [...sleepers].filter(({ at }) => at <= until).toSorted((left, right) => left.at - right.at);
        if (!next) break;
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = until;
      await settle();
    },
  };
};
