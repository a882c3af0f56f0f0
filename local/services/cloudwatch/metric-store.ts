import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';
import { mergeAggregates, type Aggregate } from './aggregate.ts';
import { metricKey, type MetricIdentity, type MetricSeries } from './metric-identity.ts';
import { publicationLagMilliseconds } from './publication-lag.ts';

/** Observations that cannot be read yet: of one series and minute, received in one second. */
interface Pending {
  readonly series: MetricSeries;
  readonly minute: number;
  readonly receivedAt: number;
  readonly aggregate: Aggregate;
}

/** A minute of a series, as it can be read. */
interface Published {
  readonly series: MetricSeries;
  readonly minute: number;
  readonly aggregate: Aggregate;
}

/** Keeps one-minute aggregates, readable when their service has published them. */
export interface MetricStore {
  /** Adds observations of `at`, received now. */
  add(series: MetricSeries, at: number, aggregate: Aggregate): void;
  /** The published minutes of a metric (start of the minute in milliseconds), in any unit or in one. */
  minutes(metric: MetricIdentity, unit?: string): ReadonlyMap<number, Aggregate>;
  /** Every series that has published something, oldest first. */
  series(): readonly MetricSeries[];
  /** Writes to the state store what is not there yet. */
  flush(): void;
}

const minuteMilliseconds = 60_000;

type Minutes = Map<number, Aggregate>;

/** Published minutes by metric and unit, beside the collection that keeps them. */
const openPublished = (collection: Collection<Published>) => {
  const byMetric = new Map<string, Map<string, { series: MetricSeries; minutes: Minutes }>>();
  const index = ({ series, minute, aggregate }: Published): void => {
    const units = byMetric.get(metricKey(series)) ?? new Map<string, { series: MetricSeries; minutes: Minutes }>();
    byMetric.set(metricKey(series), units);
    const entry = units.get(series.unit) ?? { series, minutes: new Map() };
    units.set(series.unit, entry);
    entry.minutes.set(minute, aggregate);
  };
  for (const published of collection.values()) index(published);
  return {
    publish: ({ series, minute, aggregate }: Published): void => {
      const known = byMetric.get(metricKey(series))?.get(series.unit)?.minutes.get(minute);
      const published = { series, minute, aggregate: mergeAggregates(known, aggregate) };
      index(published);
      collection.put(`${metricKey(series)} ${series.unit} ${minute}`, published);
    },
    all: () => [...byMetric.values()].flatMap((units) => [...units.values()].map(({ series }) => series)),
    ofMetric: (metric: MetricIdentity, unit: string | undefined): Minutes[] =>
      [...(byMetric.get(metricKey(metric)) ?? [])].filter(([name]) => unit === undefined || name === unit).map(([, { minutes }]) => minutes),
  };
};

/** Opens the store. Observations are written each `flush`, so that recording costs no disk write. */
export const openMetricStore = (store: StateStore, clock: Clock, timeScale: TimeScale): MetricStore => {
  const published = openPublished(store.collection<Published>('cloudwatch/published'));
  const kept = store.collection<Pending>('cloudwatch/pending');
  const pending = new Map<string, Pending>(kept.entries());
  const unwritten = new Set<string>();

  const publishDue = (): void => {
    const now = clock.now();
    for (const [key, { series, minute, receivedAt, aggregate }] of pending) {
      if (receivedAt + timeScale.scaled(publicationLagMilliseconds(series.namespace)) > now) continue;
      pending.delete(key);
      unwritten.delete(key);
      kept.delete(key);
      published.publish({ series, minute, aggregate });
    }
  };

  return {
    add: (series, at, aggregate) => {
      const minute = Math.floor(at / minuteMilliseconds) * minuteMilliseconds;
      const receivedAt = Math.floor(clock.now() / 1000) * 1000;
      const key = `${metricKey(series)} ${series.unit} ${minute} ${receivedAt}`;
      pending.set(key, { series, minute, receivedAt, aggregate: mergeAggregates(pending.get(key)?.aggregate, aggregate) });
      unwritten.add(key);
    },
    minutes: (metric, unit) => {
      publishDue();
      const merged: Minutes = new Map();
      for (const minutes of published.ofMetric(metric, unit)) {
        for (const [minute, aggregate] of minutes) merged.set(minute, mergeAggregates(merged.get(minute), aggregate));
      }
      return merged;
    },
    series: () => {
      publishDue();
      return published.all();
    },
    flush: () => {
      publishDue();
      for (const key of unwritten) {
        const observations = pending.get(key);
        if (observations) kept.put(key, observations);
      }
      unwritten.clear();
    },
  };
};
