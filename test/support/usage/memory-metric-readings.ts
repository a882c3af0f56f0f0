import type { MetricReading, MetricReadings } from '../../../lambda/domain/usage/metric-readings.ts';

/** Keeps readings in memory. */
export const memoryMetricReadings = (): MetricReadings => {
  const readings = new Map<string, MetricReading>();
  const turns = new Map<string, number>();
  return {
    get: async (breakoutId) => readings.get(breakoutId),
    keep: async (breakoutId, reading) => {
      readings.set(breakoutId, reading);
    },
    claim: async (breakoutId, at, notBefore) => {
      if ((turns.get(breakoutId) ?? -Infinity) > notBefore) return false;
      turns.set(breakoutId, at);
      return true;
    },
  };
};
