import { dynamoDbHoldingStore } from '../../../lambda/adapters/dynamodb/holding-store.ts';
import { dynamoDbMetricReadings } from '../../../lambda/adapters/dynamodb/metric-readings.ts';
import type { Table } from '../../../lambda/adapters/dynamodb/table.ts';
import { dynamoDbUsageHistory } from '../../../lambda/adapters/dynamodb/usage-history.ts';
import { dynamoDbUsageStore } from '../../../lambda/adapters/dynamodb/usage-store.ts';
import { minuteMilliseconds, type Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import { measureFinal, measureProvisional } from '../../../lambda/domain/usage/measure-breakout.ts';
import type { MetricName } from '../../../lambda/domain/usage/metric-series.ts';
import { readPoints } from '../../../lambda/domain/usage/reading/read-points.ts';
import { aChannelRun, aStoppedBreakout } from './a-show.ts';
import { itemIds } from './ids.ts';
import { measuredShow } from './measured-show.ts';

/** What a metric's minutes are like: so much on average, 10 % more or less, never the same again. */
const averages: Readonly<Record<string, number>> = { IngressBytes: 75e6, EgressBytes: 4e9, BytesDownloaded: 30e9, Requests: 80_000, LiveInputTime: 60_000, LiveDeliveredTime: 6e8 };

/** A number from 0 to 1 that is another for every minute and metric, and always the same for one. */
const noise = (minute: number, salt: number): number => {
  const mixed = Math.imul((minute / minuteMilliseconds) ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
};

const saltOf = (text: string): number => Buffer.from(text).reduce((sum, byte) => Math.imul(sum, 31) + byte, 7);

const pointsOf = ({ name, dimensions }: MetricName): ((minute: number) => bigint) => {
  const salt = saltOf(`${name} ${Object.values(dimensions).join(' ')}`);
  return (minute) => BigInt(Math.round((averages[name] ?? 0) * (0.9 + 0.2 * noise(minute, salt))));
};

/** A metric's point of a minute, as it is whenever it is asked for. */
export const longShowPoint = (metric: MetricName, minute: number): bigint => pointsOf(metric)(minute);

/** A show from 3 November on whose every minute has a point, kept in a table: what a real one of that length would write. */
export const longShow = (table: Table, { from, hours }: { readonly from: number; readonly hours: number }) => {
  const to = from + hours * 3_600_000;
  const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
  const windows: Interval[] = [];
  const sumsByMinute = async (_region: string, names: readonly MetricName[], window: Interval) => {
    windows.push(window);
    const minutes = Array.from({ length: (window.to - window.from) / minuteMilliseconds }, (_, index) => window.from + index * minuteMilliseconds);
    return names.map((metric) => ({ from: window.from, values: minutes.map(pointsOf(metric)), isComplete: true }));
  };
  const base = measuredShow({ metrics: { sumsByMinute } });
  base.world.breakout = aStoppedBreakout({ startRequestedAt: at(from), stoppedAt: at(to), tailEndsAt: at(to + 90_000) });
  base.world.runs = [aChannelRun({ requestedAt: at(from), started: { at: at(from), source: 'EVENT' }, ended: { at: at(to), source: 'EVENT' } })];
  const usage = dynamoDbUsageStore(table);
  const history = dynamoDbUsageHistory(table);
  const deps = { ...base.deps, usage, history, readings: dynamoDbMetricReadings(table), holdings: dynamoDbHoldingStore(table) };
  return {
    world: base.world, deps, from, to, at, windows,
    provisional: () => measureProvisional(deps)(itemIds.breakout),
    final: () => measureFinal(deps)({ breakoutId: itemIds.breakout, attempt: 1 }),
    points: (line: string) => readPoints({ usage, history, now: () => Date.parse(base.world.now) })(itemIds.breakout, { line }),
  };
};
