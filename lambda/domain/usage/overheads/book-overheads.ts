import type { PriceBookStore } from '../../pricing/price-book.ts';
import type { ProPipelineRegistry } from '../../pipelines/pro-pipelines.ts';
import { bookDerived } from '../book-profile.ts';
import { dayInterval, dayMilliseconds, dayOf } from '../calendar-day.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import { overheadLines, overheadSeries } from '../meters/overhead-meter.ts';
import { countOnDemandDay, recordingsPurpose, type CountOnDemandDayDeps } from '../on-demand/count-on-demand-day.ts';
import type { UsageStore } from '../usage-store.ts';
import { countPipelineDay, pipelinePurpose, type CountPipelineDayDeps } from './count-pipeline-day.ts';
import type { KnownPipeline, KnownPipelines } from './known-pipelines.ts';
import { isDayDue, isSettledDay, type OverheadDays } from './overhead-day.ts';

/** What booking overheads needs. */
export interface BookOverheadsDeps extends CountPipelineDayDeps, CountOnDemandDayDeps {
  readonly usage: Pick<UsageStore, 'head' | 'writeLines' | 'billingMonths' | 'move'>;
  readonly pipelines: Pick<ProPipelineRegistry, 'list'>;
  readonly known: KnownPipelines;
  readonly overheads: OverheadDays;
  readonly books: Pick<PriceBookStore, 'inForce'>;
  readonly now: () => Date;
}

/** What came of it: breakouts whose recordings were watched more than was known, from which day on, and what could not be counted. */
export interface BookedOverheads {
  readonly watched: ReadonlyMap<string, number>;
  readonly failed: readonly { readonly purpose: string; readonly error: unknown }[];
}

/** So many days are looked back for what was missed; the minutes of metrics are kept for 15. */
const daysBack = 13;

const recentDays = (now: number): readonly string[] => Array.from({ length: daysBack }, (_, index) => dayOf(now - (daysBack - index) * dayMilliseconds));

const seePipelines = async ({ pipelines, known, now }: BookOverheadsDeps): Promise<readonly KnownPipeline[]> => {
  const lastSeenAt = now().getTime();
  for (const { pipelineId, region, delivery, channel } of await pipelines.list()) {
    await known.see({ pipelineId, region, distributionId: delivery.distributionId, pushInputs: channel.inputs.length, lastSeenAt });
  }
  return known.list();
};

/** Counts the days of a purpose that are due; one that cannot be counted is due the next time. Answers why. */
const countDays = async ({ overheads, now }: BookOverheadsDeps, purpose: string, days: readonly string[], count: (day: string) => Promise<void>): Promise<readonly unknown[]> => {
  const errors: unknown[] = [];
  for (const day of days) {
    try {
      const counted = await overheads.get(purpose, day);
      if (isDayDue(day, counted?.countedAt, now().getTime())) await count(day);
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
};

/** A month is final when all of its days that there can be have settled. */
const stageOf = (days: readonly { readonly day: string; readonly countedAt: number }[], month: string): 'PROVISIONAL' | 'FINAL' => {
  const last = dayOf(monthInterval(month).to - 1);
  return days.some(({ day }) => day === last) && days.every(({ day, countedAt }) => isSettledDay(day, countedAt)) ? 'FINAL' : 'PROVISIONAL';
};

const bookMonth = async (deps: BookOverheadsDeps, purpose: string, month: string): Promise<void> => {
  const days = await deps.overheads.month(purpose, month);
  if (days.length === 0) return;
  const book = await deps.books.inForce(deps.pricedRegion, isoTime(monthInterval(month).from));
  await bookDerived(deps)({ kind: 'PLATFORM', purpose }, month, async () => ({
    owner: { kind: 'PLATFORM', purpose },
    month,
    stage: stageOf(days, month),
    lines: overheadLines(days, month, book),
    series: overheadSeries(days),
    asOf: deps.now().toISOString(),
    ...(book ? { priceBookId: book.bookId } : {}),
  }));
};

const daysOf = ({ knownSince, lastSeenAt }: KnownPipeline, now: number): readonly string[] =>
  recentDays(now).filter((day) => dayInterval(day).to > knownSince && dayInterval(day).from < lastSeenAt);

/**
 * Books what no breakout caused, a profile a pipeline and month, and one of the distribution of recordings: each day is
 * counted when it is over, and again when its last logs have come, and sets the month's lines anew.
 */
export const bookOverheads =
  (deps: BookOverheadsDeps) =>
  async (): Promise<BookedOverheads> => {
    const watched = new Map<string, number>();
    const failed: { purpose: string; error: unknown }[] = [];
    const book = async (purpose: string, days: readonly string[], count: (day: string) => Promise<void>): Promise<void> => {
      const errors = [...(await countDays(deps, purpose, days, count))];
      // Also when nothing was due: who counted the days last may have died before it booked them.
      for (const month of new Set(days.map((day) => day.slice(0, 7)))) await bookMonth(deps, purpose, month).catch((error: unknown) => errors.push(error));
      failed.push(...errors.map((error) => ({ purpose, error })));
    };
    const now = deps.now().getTime();
    await book(recordingsPurpose, recentDays(now), async (day) => {
      const { from } = dayInterval(day);
      for (const breakoutId of await countOnDemandDay(deps)(day)) watched.set(breakoutId, Math.min(from, watched.get(breakoutId) ?? from));
    });
    for (const pipeline of await seePipelines(deps)) await book(pipelinePurpose(pipeline.pipelineId), daysOf(pipeline, now), (day) => countPipelineDay(deps)(pipeline, day));
    return { watched, failed };
  };
