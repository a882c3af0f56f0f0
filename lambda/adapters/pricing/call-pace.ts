/** The time that pacing goes by. */
export interface PaceClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's own time. */
export const systemPaceClock: PaceClock = { now: Date.now, sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };

/**
 * Waits until a call may be made: a bucket of `burst` calls that refills by `perSecond`.
 * The Price List allows 10 and 5. Source: AWS Billing user guide, quotas
 */
export const callPace = (clock: PaceClock, burst = 10, perSecond = 5): (() => Promise<void>) => {
  let tokens = burst;
  let refilledAt = clock.now();
  return async () => {
    const at = clock.now();
    tokens = Math.min(burst, tokens + ((at - refilledAt) / 1_000) * perSecond);
    refilledAt = at;
    tokens -= 1;
    if (tokens < 0) await clock.sleep((-tokens / perSecond) * 1_000);
  };
};
