import { isoTime, minuteMilliseconds, type Interval } from '../calendar-month.ts';
import type { DeliveryLogRow } from '../delivery-log.ts';
import type { MinuteSeries } from '../metric-series.ts';
import type { RawSeries } from '../usage-line.ts';
import { splitTraffic, type TrafficSplit } from './delivery-traffic.ts';

/** Logged traffic is kept by the hour: a show's lines are by month, and the logs' own rows by the minute stay where they are. */
const trafficStepMilliseconds = 3_600_000;

/** What traffic amounts to by what its lines' keys end in. */
const amountsOf = ({ bytesByGeography, requestsByGeography, functionRuns, storeReads }: TrafficSplit): ReadonlyMap<string, bigint> =>
  new Map([
    ...[...bytesByGeography].map(([geography, bytes]) => [`${geography}/transfer`, bytes] as const),
    ...[...requestsByGeography].flatMap(([geography, byProtocol]) => [...byProtocol].map(([protocol, requests]) => [`${geography}/${protocol}-requests`, requests] as const)),
    ['function-invocations', functionRuns] as const,
    ['store-reads', storeReads] as const,
  ]);

/** Amounts by step as series under names that begin alike, null in steps without any. */
const seriesOf = (prefix: string, bySteps: ReadonlyMap<number, ReadonlyMap<string, bigint>>, step: number): readonly RawSeries[] => {
  if (bySteps.size === 0) return [];
  const [from, last] = [Math.min(...bySteps.keys()), Math.max(...bySteps.keys())];
  const names = [...new Set([...bySteps.values()].flatMap((amounts) => [...amounts.keys()]))].sort();
  return names.map((name) => ({
    name: `${prefix}/${name}`,
    from: isoTime(from),
    periodSeconds: step / 1_000,
    values: Array.from({ length: (last - from) / step + 1 }, (_, index) => bySteps.get(from + index * step)?.get(name) ?? null),
  }));
};

/**
 * Logged traffic over time, a series for each of its lines under the line's key: the series sums to the line's quantity, as
 * every row is in one step. Steps are hours unless told, in milliseconds.
 */
export const trafficSeries = (prefix: string, rows: readonly DeliveryLogRow[], step = trafficStepMilliseconds): readonly RawSeries[] => {
  const bySteps = Map.groupBy(rows, ({ minute }) => Math.floor(minute / step) * step);
  return seriesOf(prefix, new Map([...bySteps].map(([at, part]) => [at, amountsOf(splitTraffic(part))])), step);
};

/** What an edge counted, and what the logs have of it. */
export interface CountedTraffic {
  readonly window: Interval;
  readonly bytes: MinuteSeries;
  readonly requests: MinuteSeries;
  readonly rows: readonly DeliveryLogRow[];
}

/**
 * What the edge counted and no log tells of, by the hour: its minutes less the logs' rows, all of them. An hour can be below 0
 * where the metric has in the next what the logs have in this one; all hours sum to what is unlogged.
 */
export const unloggedSeries = (prefix: string, { window, bytes, requests, rows }: CountedTraffic): readonly RawSeries[] => {
  const bySteps = new Map<number, Map<'bytes' | 'requests', bigint>>();
  const add = (at: number, name: 'bytes' | 'requests', amount: bigint): void => {
    const step = Math.floor(at / trafficStepMilliseconds) * trafficStepMilliseconds;
    const amounts = bySteps.get(step) ?? new Map<'bytes' | 'requests', bigint>();
    bySteps.set(step, amounts.set(name, (amounts.get(name) ?? 0n) + amount));
  };
  for (const [name, { from, values }] of [['bytes', bytes], ['requests', requests]] as const) {
    values.forEach((value, index) => {
      const at = from + index * minuteMilliseconds;
      if (value !== null && at >= window.from && at < window.to) add(at, name, value);
    });
  }
  for (const row of rows) {
    add(row.minute, 'bytes', -row.bytes);
    add(row.minute, 'requests', -row.requests);
  }
  return seriesOf(prefix, bySteps, trafficStepMilliseconds).filter(({ values }) => values.some((value) => value !== null && value !== 0n));
};
