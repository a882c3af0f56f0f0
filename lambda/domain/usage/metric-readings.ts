import type { MetricName, MinuteSeries } from './metric-series.ts';

/** A series with the metric that it is of. */
export interface ReadSeries extends MinuteSeries {
  readonly region: string;
  readonly metric: MetricName;
}

/** What was last read of a show's metrics. */
export interface MetricReading {
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  readonly series: readonly ReadSeries[];
}

/**
 * Keeps the last reading of a show's metrics: so that asking again soon costs no calls of CloudWatch, and later than 15
 * days, when the service has forgotten its minutes, there still is one.
 */
export interface MetricReadings {
  get(breakoutId: string): Promise<MetricReading | undefined>;
  keep(breakoutId: string, reading: MetricReading): Promise<void>;
  /** Takes the turn to read at an instant: false when someone else has taken one after `notBefore`. Both in milliseconds since the epoch. */
  claim(breakoutId: string, at: number, notBefore: number): Promise<boolean>;
}
