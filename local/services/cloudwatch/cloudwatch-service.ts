import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { MetricSink } from '../../runtime/ports.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { aggregateOf } from './aggregate.ts';
import { alarmOperations } from './alarm-operations.ts';
import { dashboardOperations } from './dashboard-operations.ts';
import { getMetricDataOperation } from './get-metric-data.ts';
import { getMetricStatisticsOperation } from './get-metric-statistics.ts';
import { listMetricsOperation } from './list-metrics.ts';
import { openMetricStore, type MetricStore } from './metric-store.ts';
import { putMetricDataOperation } from './put-metric-data.ts';

/** What the service is made from. */
export interface CloudWatchServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
}

/** CloudWatch on this machine: its API, and where services record metrics. */
export interface CloudWatchService extends SchemaService, MetricSink {
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

const flushMilliseconds = 1_000;

const flushUntil = async (signal: AbortSignal, store: MetricStore, clock: Clock): Promise<void> => {
  while (!signal.aborted) {
    await clock.sleep(flushMilliseconds, signal);
    store.flush();
  }
};

/** Opens the metrics. */
export const createCloudWatchService = ({ state, clock, timeScale }: CloudWatchServiceDeps): CloudWatchService => {
  const store = openMetricStore(state, clock, timeScale);
  const ended = new AbortController();
  const flushing = flushUntil(ended.signal, store, clock);
  const now = (): number => clock.now();
  const service = defineService('monitoring', cloudwatch, {
    ...getMetricDataOperation(store, now),
    ...getMetricStatisticsOperation(store, now),
    ...listMetricsOperation(store),
    ...putMetricDataOperation(store, now),
    ...alarmOperations(state.collection('cloudwatch/alarms'), now),
    ...dashboardOperations(state.collection('cloudwatch/dashboards'), now),
  });
  return {
    ...service,
    record: ({ namespace, name, dimensions, value, unit = 'None', at = clock.now() }) =>
      store.add({ namespace, name, dimensions, unit }, at, aggregateOf(value)),
    close: async () => {
      ended.abort();
      await flushing;
    },
  };
};
