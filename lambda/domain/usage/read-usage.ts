import type { Breakout } from '../breakouts/breakout.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Now } from '../shared/time.ts';
import { isoTime, monthOf } from './calendar-month.ts';
import { sumMeasures, type Measures } from './measures.ts';
import { allLines } from './reading/all-lines.ts';
import { askedMonth, askedPeriod } from './reading/asked-period.ts';
import type { ShowEstimate } from './reading/estimate-show.ts';
import { readPeriod } from './reading/period-usage.ts';
import { numberSources, type NumberSource } from './reading/provenance.ts';
import { bookedUsage, idsOf, type UsageLevels, type UsageSubject } from './reading/usage-subject.ts';
import type { UsageLine } from './usage-line.ts';
import { usageView, type UsageView } from './usage-view.ts';
import { allMonths, type UsagePeriod, type UsageStore } from './usage-store.ts';

/** What reading usage needs. */
export interface ReadUsageDeps {
  readonly usage: UsageLevels & Pick<UsageStore, 'heads' | 'lines'>;
  /** Of a breakout that is on the air. */
  readonly estimate: (breakout: Breakout) => Promise<ShowEstimate | undefined>;
  /** Of an event's, an account's or the platform's shows that are on the air. */
  readonly running: (subject: UsageSubject) => Promise<readonly ShowEstimate[]>;
  readonly now: Now;
}

/** A show on the air, with what of it is not booked. */
export interface RunningShow {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly title: string;
  readonly usage: UsageView;
  readonly sources: readonly NumberSource[];
}

/** What shows on the air have used that is in no booked number: their estimates, and the sum. */
export interface RunningUsage {
  readonly usage: UsageView;
  readonly shows: readonly RunningShow[];
}

/** A level's usage in a period. */
export interface UsageReading extends UsageView {
  readonly breakoutId?: string;
  readonly eventId?: string;
  readonly accountId?: string;
  readonly period: UsagePeriod;
}

const inMonth = (period: UsagePeriod): string | undefined => (period === allMonths ? undefined : period);

const sourcesOf = (lines: readonly UsageLine[], month: string | undefined): readonly NumberSource[] =>
  numberSources(lines.filter((line) => month === undefined || line.month === month));

const estimateView = (measures: Measures, asOf: string): UsageView => usageView({ measures, asOf }, { status: 'ESTIMATED' });

/** The usage of a breakout with its sources: booked, or estimated while it is on the air. @throws InvalidInputError, UnavailableError */
export const readBreakoutUsage =
  (deps: ReadUsageDeps) =>
  async (breakout: Breakout, asked: UsagePeriod = allMonths): Promise<UsageReading & { readonly sources: readonly NumberSource[] }> => {
    const { breakoutId, accountId } = breakout;
    const now = deps.now();
    const period = askedPeriod(asked, now);
    const month = inMonth(period);
    const { level, accrued } = await readPeriod((one) => bookedUsage(deps.usage, { kind: 'BREAKOUT', breakoutId, accountId }, one), period, now);
    const heads = (await deps.usage.heads(breakoutId)).filter((head) => month === undefined || head.month === month);
    const booked = (await Promise.all(heads.map((head) => allLines(deps.usage, head)))).flat();
    const estimate = await deps.estimate(breakout);
    const options = accrued ? { accrued } : {};
    if (!estimate) return { breakoutId, period, ...usageView(level, options), sources: sourcesOf(booked, month) };
    const measures = sumMeasures([level.measures, estimate.unbooked(month)]);
    const kept = booked.filter(({ category }) => !estimate.lines.some((line) => line.category === category));
    return {
      breakoutId,
      period,
      ...usageView({ measures, asOf: estimate.asOf }, { ...options, status: 'ESTIMATED' }),
      sources: sourcesOf([...estimate.lines, ...kept], month),
    };
  };

const runningUsage = (estimates: readonly ShowEstimate[], month: string | undefined, now: number): RunningUsage => ({
  usage: estimateView(sumMeasures(estimates.map(({ unbooked }) => unbooked(month))), isoTime(now)),
  shows: estimates.map(({ breakout: { breakoutId, eventId, accountId, title }, asOf, unbooked, lines }) => ({
    breakoutId, eventId, accountId, title, usage: estimateView(unbooked(month), asOf), sources: sourcesOf(lines, month),
  })),
});

/** What shows on the air add to a period that is not over; null for months that are. */
const runningIn = async ({ running, now }: ReadUsageDeps, subject: UsageSubject, period: UsagePeriod): Promise<RunningUsage | null> => {
  const at = now();
  if (period !== allMonths && period !== monthOf(at)) return null;
  return runningUsage(await running(subject), inMonth(period), at);
};

/**
 * The booked usage of an event, an account or the platform: one item read, whatever the number of its breakouts; apart
 * from it, what its shows on the air have used. @throws InvalidInputError, UnavailableError
 */
export const readLevelUsage =
  (deps: ReadUsageDeps) =>
  async (subject: Exclude<UsageSubject, { kind: 'BREAKOUT' }>, asked: UsagePeriod = allMonths): Promise<UsageReading & { readonly running: RunningUsage | null }> => {
    const now = deps.now();
    const period = askedPeriod(asked, now);
    const [{ level, accrued }, running] = await Promise.all([
      readPeriod((one) => bookedUsage(deps.usage, subject, one), period, now),
      runningIn(deps, subject, period),
    ]);
    return { ...idsOf(subject), period, ...usageView(level, accrued ? { accrued } : {}), running };
  };

/**
 * The lines behind a breakout's usage in a month (the newest month with usage unless told), in order of their keys.
 * Empty when nothing is booked. @throws InvalidInputError
 */
export const listUsageLines =
  ({ usage, now }: Pick<ReadUsageDeps, 'usage' | 'now'>) =>
  async (breakoutId: string, page: PageRequest, month?: string): Promise<Page<UsageLine>> => {
    if (month !== undefined) askedMonth(month, now());
    const heads = await usage.heads(breakoutId);
    const head = month === undefined ? heads.at(-1) : heads.find((one) => one.month === month);
    return head ? usage.lines(head, page) : { items: [] };
  };
