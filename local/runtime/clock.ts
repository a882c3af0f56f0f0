/** The time of this machine, injected so that tests control it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after the given time, or at once when the signal aborts. Never rejects, and never keeps the process alive by itself. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds).unref();
      signal?.addEventListener('abort', done);
    }),
};

/** How late AWS is: documented delays divided by a factor, `instant` for unit-like tests. */
export interface TimeScale {
  /** The delay on this machine, in milliseconds, of what takes `milliseconds` on AWS. */
  scaled(milliseconds: number): number;
}

/** Delays of AWS divided by `factor` (1 = as late as AWS). `Infinity` makes everything instant. */
export const timeScale = (factor: number): TimeScale => {
  if (!(factor >= 1)) throw new RangeError(`time scale must be a number of at least 1, got ${factor}`);
  return { scaled: (milliseconds) => milliseconds / factor };
};
