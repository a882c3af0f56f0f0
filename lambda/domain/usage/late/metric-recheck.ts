/** A show whose metrics are to be read once more, because points may have come after its usage was final. */
export interface MetricRecheck {
  readonly breakoutId: string;
  /** From when on, milliseconds since the epoch. */
  readonly at: number;
}

/** Remembers whose metrics are to be read once more. */
export interface MetricRechecks {
  /** Doing it twice changes nothing. */
  plan(recheck: MetricRecheck): Promise<void>;
  /** Those whose time has come, the longest ago first. */
  due(now: number): Promise<readonly MetricRecheck[]>;
  done(recheck: MetricRecheck): Promise<void>;
}

/** Three days after a show's sources count as settled all but the last points have come, and its minutes are kept for long. */
const mostMilliseconds = 3 * 86_400_000;

/** When a show's metrics are read once more, after they were when its sources settled; in milliseconds since the epoch. */
export const recheckAt = (settled: number, settleSeconds: number): number => settled + Math.min(settleSeconds * 6_000, mostMilliseconds);
