import { NotFoundError } from '../../shared/errors.ts';
import type { Now } from '../../shared/time.ts';
import { isoTime, monthOf } from '../calendar-month.ts';
import { ownerIdOf } from '../profile-owner.ts';
import type { UsageHistory } from '../usage-history.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { allLines } from './all-lines.ts';
import { askedMonth } from './asked-period.ts';
import { intervalsIn, intervalSums } from './interval-points.ts';

/** What reading raw points needs. */
export interface ReadPointsDeps {
  readonly usage: Pick<UsageStore, 'heads' | 'ownHeads' | 'lines'>;
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

/** Which line is asked for: the newest month and version unless told. */
export interface AskedLine {
  readonly line: string;
  readonly month?: string;
  readonly version?: number;
}

const noLine = (ownerId: string, month: string, key: string): NotFoundError =>
  new NotFoundError({ code: 'usage-line-not-found', message: `usage of ${ownerId} in ${month} has no line "${key}": its lines are at /usage/lines`, details: { month, key } });

const explained = async ({ usage, history }: ReadPointsDeps, { owner, month, version }: ProfileHead, { line: key, version: asked = version }: AskedLine): Promise<ExplainedLine> => {
  const found = await history.version(owner, month, asked);
  const line = found && (await allLines(usage, found.head)).find((one) => one.key === key);
  if (!line) throw noLine(ownerIdOf(owner), month, key);
  return { month, version: asked, line, series: pointsOfLine(line, found.series) };
};

/**
 * One line of a breakout's usage with the raw points that it sums, which are kept for good.
 * What is no sum over time has the intervals that it comes from; a line without either says in its source and notes what it was made of. @throws InvalidInputError, NotFoundError
 */
export const readPoints =
  (deps: ReadPointsDeps) =>
  async (breakoutId: string, asked: AskedLine): Promise<ExplainedLine> => {
    const month = asked.month === undefined ? undefined : askedMonth(asked.month, deps.now());
    const heads = await deps.usage.heads(breakoutId);
    const head = month === undefined ? heads.at(-1) : heads.find((one) => one.month === month);
    if (!head) throw noLine(breakoutId, month ?? 'any month', asked.line);
    return explained(deps, head, asked);
  };

/** The same of a line that the platform bears, by the id of what it is for: `platform/pipeline/pl_main`; of the present month unless told. @throws InvalidInputError, NotFoundError */
export const readOverheadPoints =
  (deps: ReadPointsDeps) =>
  async (ownerId: string, asked: AskedLine): Promise<ExplainedLine> => {
    const month = asked.month === undefined ? monthOf(deps.now()) : askedMonth(asked.month, deps.now());
    const head = (await deps.usage.ownHeads(undefined, month)).find(({ owner }) => ownerIdOf(owner) === ownerId);
    if (!head) throw noLine(ownerId, month, asked.line);
    return explained(deps, head, asked);
  };
