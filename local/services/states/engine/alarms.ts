import type { Clock } from '../../../runtime/clock.ts';

// A timer of Node holds at most this: longer waits are woken early and armed again.
const longestSleep = 2 ** 31 - 1;

/** One alarm for each key. */
export interface Alarms {
  /** Calls back at the time given, instead of at any time set before for the key. `Infinity` clears it. */
  set(key: string, at: number): void;
  clearAll(): void;
}

/** Alarms on the clock; an alarm may ring early when its time is weeks away. */
export const createAlarms = (clock: Clock, ring: (key: string) => void): Alarms => {
  const armed = new Map<string, AbortController>();
  return {
    set: (key, at) => {
      armed.get(key)?.abort();
      armed.delete(key);
      if (at === Infinity) return;
      const controller = new AbortController();
      armed.set(key, controller);
      void clock.sleep(Math.min(Math.max(0, at - clock.now()), longestSleep), controller.signal).then(() => {
        if (!controller.signal.aborted) ring(key);
      });
    },
    clearAll: () => {
      for (const controller of armed.values()) controller.abort();
      armed.clear();
    },
  };
};
