import type { Breakout } from '../breakouts/breakout.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Now } from '../shared/time.ts';
import { isoTime, monthOf } from './calendar-month.ts';
import { sumMeasures, type Measures } from './measures.ts';
import { allLines } from './reading/all-lines.ts';
import { askedMoment, askedMonth, askedPeriod } from './reading/asked-period.ts';
import type { ShowEstimate } from './reading/estimate-show.ts';
import { readPeriod } from './reading/period-usage.ts';
import { numberSources, type NumberSource } from './reading/provenance.ts';
import { headsAt } from './reading/heads-at.ts';
import { bookedUsage, idsOf, type UsageLevels, type UsageSubject } from './reading/usage-subject.ts';
import type { UsageHistory } from './usage-history.ts';
import type { UsageLine } from './usage-line.ts';
import type { ProfileHead } from './usage-profile.ts';
import { usageView, type UsageView } from './usage-view.ts';
import { allMonths, type UsageLevel, type UsagePeriod, type UsageStore } from './usage-store.ts';

/** What reading usage needs. */
export interface ReadUsageDeps {
  readonly usage: UsageLevels & Pick<UsageStore, 'heads' | 'lines'>;
  readonly history: Pick<UsageHistory, 'versions'>;
  /** What was known of a level at a past moment. */
  readonly known: (subject: UsageSubject, period: UsagePeriod, at: string) => Promise<UsageLevel>;
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
  /** The past moment at which it was known; null = now. */
  readonly at: string | null;
}

/** What is asked for: a UTC month or all, as it is known now or was at a moment. */
export interface AskedUsage {
  readonly period?: UsagePeriod;
  /** ISO 8601 UTC with milliseconds. */
  readonly at?: string;
}

interface CheckedUsage {
  readonly period: UsagePeriod;
  readonly at: string | null;
  /** The moment that is read at, milliseconds since the epoch. */
  readonly moment: number;
}

const checked = ({ now }: ReadUsageDeps, { period = allMonths, at }: AskedUsage): CheckedUsage => {
  const present = now();
  if (at === undefined) return { period: askedPeriod(period, present), at: null, moment: present };
  const moment = askedMoment(at, present);
  return { period: askedPeriod(period, present), at: moment, moment: Date.parse(moment) };
};

const periodOf = (deps: ReadUsageDeps, subject: UsageSubject, { period, at, moment }: CheckedUsage): ReturnType<typeof readPeriod> =>
  readPeriod((one) => (at === null ? bookedUsage(deps.usage, subject, one) : deps.known(subject, one, at)), period, moment);

const inMonth = (period: UsagePeriod): string | undefined => (period === allMonths ? undefined : period);

const sourcesOf = (lines: readonly UsageLine[], month: string | undefined): readonly NumberSource[] =>
  numberSources(lines.filter((line) => month === undefined || line.month === month));

const estimateView = (measures: Measures, asOf: string): UsageView => usageView({ measures, asOf }, { status: 'ESTIMATED' });

const linesOf = async ({ usage }: ReadUsageDeps, heads: readonly ProfileHead[], month: string | undefined): Promise<readonly UsageLine[]> =>
  (await Promise.all(heads.filter((head) => month === undefined || head.month === month).map((head) => allLines(usage, head)))).flat();

/**
 * The usage of a breakout with its sources: booked, estimated while it is on the air, or as it was known.
 * @throws InvalidInputError, UnavailableError
 */
export const readBreakoutUsage =
  (deps: ReadUsageDeps) =>
  async (breakout: Breakout, asked: AskedUsage = {}): Promise<UsageReading & { readonly sources: readonly NumberSource[] }> => {
    const { breakoutId, accountId } = breakout;
    const request = checked(deps, asked);
    const { period, at } = request;
    const month = inMonth(period);
    const { level, accrued } = await periodOf(deps, { kind: 'BREAKOUT', breakoutId, accountId }, request);
    const booked = await linesOf(deps, at === null ? await deps.usage.heads(breakoutId) : await headsAt(deps.history, breakoutId, at), month);
    const estimate = at === null ? await deps.estimate(breakout) : undefined;
    const options = accrued ? { accrued } : {};
    if (!estimate) return { breakoutId, period, at, ...usageView(level, options), sources: sourcesOf(booked, month) };
    const measures = sumMeasures([level.measures, estimate.unbooked(month)]);
    const kept = booked.filter(({ category }) => !estimate.lines.some((line) => line.category === category));
    return {
      breakoutId,
      period,
      at,
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

/** What shows on the air add to a period that is not over; null for months that are, and for past moments. */
const runningIn = async ({ running }: ReadUsageDeps, subject: UsageSubject, { period, at, moment }: CheckedUsage): Promise<RunningUsage | null> => {
  if (at !== null || (period !== allMonths && period !== monthOf(moment))) return null;
  return runningUsage(await running(subject), inMonth(period), moment);
};

/**
 * The booked usage of an event, an account or the platform: one item read, whatever the number of its breakouts; apart
 * from it, what its shows on the air have used. As it was known, it is read with all that was booked since.
 * @throws InvalidInputError, UnavailableError
 */
export const readLevelUsage =
  (deps: ReadUsageDeps) =>
  async (subject: Exclude<UsageSubject, { kind: 'BREAKOUT' }>, asked: AskedUsage = {}): Promise<UsageReading & { readonly running: RunningUsage | null }> => {
    const request = checked(deps, asked);
    const [{ level, accrued }, running] = await Promise.all([periodOf(deps, subject, request), runningIn(deps, subject, request)]);
    return { ...idsOf(subject), period: request.period, at: request.at, ...usageView(level, accrued ? { accrued } : {}), running };
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
