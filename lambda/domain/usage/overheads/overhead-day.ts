import { logsLateMilliseconds } from '../accrual/accrued-months.ts';
import { dayInterval } from '../calendar-day.ts';
import type { DeliveryLogRow } from '../delivery-log.ts';
import type { ChannelClasses } from './unheld-runs.ts';

/** Bytes and requests. */
export interface Amounts {
  readonly bytes: bigint;
  readonly requests: bigint;
}

/** A UTC day that was counted for one purpose. */
export interface CountedDay {
  /** `recordings`, `pipeline/<pipelineId>` or `cam-pipeline/<pipelineId>`. */
  readonly purpose: string;
  readonly day: string;
  /** Milliseconds since the epoch. */
  readonly countedAt: number;
}

/** What the platform bears of a UTC day for one purpose: what a distribution sent for nobody, and what stood idle. */
export interface OverheadDay extends CountedDay {
  readonly region: string;
  readonly distributionId: string;
  /** What the distribution counted: in the whole day, or while no show held the pipeline. */
  readonly total: Amounts;
  /** What of it the logs attribute to breakouts, which bear it. */
  readonly attributed: Amounts;
  /** What else the logs have of it. */
  readonly rows: readonly DeliveryLogRow[];
  /** Time for which channel and push inputs were there and nothing ran, each input for itself. */
  readonly idle?: { readonly channelMilliseconds: bigint; readonly inputMilliseconds: bigint };
  /** Time for which the channel ran and no show bore it, with what it is billed by; absent when there was none. */
  readonly unheld?: { readonly milliseconds: bigint; readonly billableMinutes: bigint; readonly channel?: ChannelClasses };
  /** Whether the metric is said to be all. */
  readonly isComplete: boolean;
}

/** Keeps counted days. A day is set anew whenever it is counted. */
export interface CountedDays<Day extends CountedDay> {
  keep(day: Day): Promise<void>;
  get(purpose: string, day: string): Promise<Day | undefined>;
  /** Of a UTC month, by day. */
  month(purpose: string, month: string): Promise<readonly Day[]>;
}

/** Keeps days of what distributions sent for nobody and what stood idle. */
export type OverheadDays = CountedDays<OverheadDay>;

/** Logs of an hour come within the next, most of them. */
const firstLogsMilliseconds = 3_600_000;

/** Whether all logs of a day had come when it was counted: the last ones come a day later. */
export const isSettledDay = (day: string, countedAt: number | undefined): boolean => countedAt !== undefined && countedAt >= dayInterval(day).to + logsLateMilliseconds;

/** Whether a day has to be counted now: an hour after its end, and once more when its last logs have come. */
export const isDayDue = (day: string, countedAt: number | undefined, now: number): boolean => {
  const { to } = dayInterval(day);
  if (countedAt === undefined) return now >= to + firstLogsMilliseconds;
  return !isSettledDay(day, countedAt) && isSettledDay(day, now);
};

/** The distribution's total of a day: the metric, but never less than the logs. */
export const totalOf = ({ total, attributed, rows }: OverheadDay): Amounts => {
  const logged = rows.reduce((sum, row) => ({ bytes: sum.bytes + row.bytes, requests: sum.requests + row.requests }), attributed);
  return { bytes: total.bytes > logged.bytes ? total.bytes : logged.bytes, requests: total.requests > logged.requests ? total.requests : logged.requests };
};
