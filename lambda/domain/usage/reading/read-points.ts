import { NotFoundError } from '../../shared/errors.ts';
import type { Now } from '../../shared/time.ts';
import { isoTime } from '../calendar-month.ts';
import type { UsageHistory } from '../usage-history.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import type { UsageStore } from '../usage-store.ts';
import { allLines } from './all-lines.ts';
import { askedMonth } from './asked-period.ts';
import { intervalsIn, intervalSums } from './interval-points.ts';

/** What reading raw points needs. */
export interface ReadPointsDeps {
  readonly usage: Pick<UsageStore, 'heads' | 'lines'>;
  readonly history: Pick<UsageHistory, 'version'>;
  readonly now: Now;
}

/** A line down to the points that its source gave, cut to its period. */
export interface ExplainedLine {
  readonly month: string;
  readonly version: number;
  readonly line: UsageLine;
  readonly series: readonly (RawSeries & { readonly sum: bigint })[];
}

/** All intervals of a line in one sum. */
const wholePeriod = { from: 0, to: Infinity };

const withinPeriod = ({ name, from, periodSeconds, values, intervals }: RawSeries, line: UsageLine): ExplainedLine['series'][number] => {
  const { periodStart, periodEnd } = line;
  if (intervals) {
    const sum = intervalSums(intervals, line, () => wholePeriod).get(wholePeriod.from) ?? 0n;
    return { name, from, periodSeconds, values: [], intervals: intervalsIn(intervals, line), sum };
  }
  const start = Date.parse(from);
  const period = periodSeconds * 1000;
  const first = Math.max(0, Math.floor((Date.parse(periodStart) - start) / period));
  const inside = values.slice(first, Math.max(first, Math.ceil((Date.parse(periodEnd) - start) / period)));
  return { name, from: isoTime(start + first * period), periodSeconds, values: inside, sum: inside.reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n) };
};

/** The series that a line names, cut to its period: each with what it comes to there. */
export const pointsOfLine = (line: UsageLine, series: readonly RawSeries[]): ExplainedLine['series'] =>
  line.points.flatMap((point) => series.filter(({ name }) => name === point)).map((one) => withinPeriod(one, line));

const noLine = (breakoutId: string, month: string, key: string): NotFoundError =>
  new NotFoundError({ code: 'usage-line-not-found', message: `usage of ${breakoutId} in ${month} has no line "${key}": its lines are at /usage/lines`, details: { month, key } });

/**
 * One line of a breakout's usage with the raw points that it sums, which are kept for good; the newest month and version
 * unless told. What is no sum over time has the intervals that it comes from; a line without either says in its source and notes what it was made of. @throws InvalidInputError, NotFoundError
 */
export const readPoints =
  ({ usage, history, now }: ReadPointsDeps) =>
  async (breakoutId: string, { line: key, ...asked }: { readonly line: string; readonly month?: string; readonly version?: number }): Promise<ExplainedLine> => {
    const month = asked.month === undefined ? undefined : askedMonth(asked.month, now());
    const heads = await usage.heads(breakoutId);
    const head = month === undefined ? heads.at(-1) : heads.find((one) => one.month === month);
    const found = head && (await history.version(head.owner, head.month, asked.version ?? head.version));
    if (!found) throw noLine(breakoutId, month ?? 'any month', key);
    const line = (await allLines(usage, found.head)).find((one) => one.key === key);
    if (!line) throw noLine(breakoutId, found.head.month, key);
    return { month: found.head.month, version: found.head.version, line, series: pointsOfLine(line, found.series) };
  };
