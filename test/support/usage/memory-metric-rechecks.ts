import type { MetricRecheck, MetricRechecks } from '../../../lambda/domain/usage/late/metric-recheck.ts';

const nameOf = ({ breakoutId, at }: MetricRecheck): string => `${at} ${breakoutId}`;

/** Remembers rechecks in memory. */
export const memoryMetricRechecks = (): MetricRechecks => {
  const planned = new Map<string, MetricRecheck>();
  return {
    plan: async (recheck) => void planned.set(nameOf(recheck), recheck),
    due: async (now) => [...planned.values()].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at),
    done: async (recheck) => void planned.delete(nameOf(recheck)),
  };
};
