/** Observations of one interval. */
export interface Aggregate {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

/** Statistics that can be asked for. Percentiles need the observations themselves, which are not kept. */
export const statistics = ['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum'] as const;

export type StatisticName = (typeof statistics)[number];

/** Whether local mode can answer the statistic. */
export const isStatistic = (name: string): name is StatisticName => statistics.some((known) => known === name);

/** One observation. */
export const aggregateOf = (value: number): Aggregate => ({ sum: value, count: 1, min: value, max: value });

/** Both together. */
export const mergeAggregates = (left: Aggregate | undefined, right: Aggregate): Aggregate =>
  left
    ? { sum: left.sum + right.sum, count: left.count + right.count, min: Math.min(left.min, right.min), max: Math.max(left.max, right.max) }
    : right;

/** The value of a statistic. */
export const statisticOf = ({ sum, count, min, max }: Aggregate, statistic: StatisticName): number => {
  switch (statistic) {
    case 'Average':
      return sum / count;
    case 'Maximum':
      return max;
    case 'Minimum':
      return min;
    case 'SampleCount':
      return count;
    case 'Sum':
      return sum;
  }
};
