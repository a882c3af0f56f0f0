import type { Interval } from '../../usage/calendar-month.ts';
import type { MetricName } from '../../usage/metric-series.ts';

/** A statistic of a metric. */
export interface StatisticWanted {
  readonly metric: MetricName;
  readonly statistic: 'Sum' | 'Average' | 'Minimum' | 'Maximum';
}

/** One value a period of the window; null where the source has no point, which is not 0. */
export interface StatisticSeries {
  readonly values: readonly (number | null)[];
  /** Whether the source said that this is all. */
  readonly isComplete: boolean;
}

/** Reads the services' own metrics as they are watched. */
export interface MetricStatistics {
  /** In the order of what is wanted, over a half-open window that is aligned to the period. @throws UnavailableError */
  read(region: string, wanted: readonly StatisticWanted[], window: Interval, periodSeconds: number): Promise<readonly StatisticSeries[]>;
}
