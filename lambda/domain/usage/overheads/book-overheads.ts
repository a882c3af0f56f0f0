import type { PriceBook, PriceBookStore } from '../../pricing/price-book.ts';
import type { Pipeline, PipelineRegistry } from '../../pipelines/pipeline.ts';
import { bookDerived } from '../book-profile.ts';
import { dayInterval, dayMilliseconds, dayOf } from '../calendar-day.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import { lateDays, type LateLog } from '../late/late-log.ts';
import { camOverheadLines, camOverheadSeries } from '../meters/cam-overhead-meter.ts';
import { overheadLines, overheadSeries } from '../meters/overhead-meter.ts';
import { countOnDemandDay, recordingsPurpose, type CountOnDemandDayDeps } from '../on-demand/count-on-demand-day.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import type { UsageStore } from '../usage-store.ts';
import { camPurpose, countCamDay, type CountCamDayDeps } from './count-cam-day.ts';
import { countPipelineDay, pipelinePurpose, type CountPipelineDayDeps } from './count-pipeline-day.ts';
import type { KnownPipeline, KnownPipelines, SeenPipeline } from './known-pipelines.ts';
import { isDayDue, isSettledDay, type CountedDay, type CountedDays, type OverheadDay, type OverheadDays } from './overhead-day.ts';

/** What booking overheads needs. */
export interface BookOverheadsDeps extends CountPipelineDayDeps, CountCamDayDeps, CountOnDemandDayDeps {
  readonly usage: Pick<UsageStore, 'head' | 'writeLines' | 'billingMonths' | 'move'>;
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
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

const seen = (pipeline: Pipeline, lastSeenAt: number): SeenPipeline => {
  const { pipelineId, region } = pipeline;
  if (pipeline.kind === 'CAM') return { kind: 'CAM', pipelineId, region, channelArn: pipeline.channel.channelArn, channelType: pipeline.channel.type, lastSeenAt };
  const { channelClass, inputs, inputClass, outputs } = pipeline.channel;
  const channel = { channelClass, inputs: inputs.map(({ name }) => ({ name, ...inputClass })), outputs };
  return { kind: 'PRO', pipelineId, region, distributionId: pipeline.delivery.distributionId, pushInputs: inputs.length, channel, lastSeenAt };
};

const seePipelines = async ({ pipelines, known, now }: BookOverheadsDeps): Promise<readonly KnownPipeline[]> => {
  const lastSeenAt = now().getTime();
  for (const pipeline of await pipelines.list()) await known.see(seen(pipeline, lastSeenAt));
  return known.list();
};

/** What is counted for one purpose: where its days are kept, and what they come to. */
interface Counting<Day extends CountedDay> {
  readonly purpose: string;
  /** The days that there can be, of the recent ones. */
  readonly recent: readonly string[];
  /** Days of any age of which logs came late. */
  readonly late: readonly string[];
  /** Counts a day, which was counted before. */
  readonly count: (day: string, before: Day | undefined) => Promise<void>;
  readonly kept: Pick<CountedDays<Day>, 'get' | 'month'>;
  readonly linesOf: (days: readonly Day[], month: string, book: PriceBook | undefined) => readonly UsageLine[];
  readonly seriesOf: (days: readonly Day[]) => readonly RawSeries[];
}

/** Counts the days that are due; one that cannot be counted is due the next time. Answers why. */
const countDays = async <Day extends CountedDay>({ now }: BookOverheadsDeps, { purpose, recent, late, kept, count }: Counting<Day>): Promise<readonly unknown[]> => {
  const errors: unknown[] = [];
  for (const day of new Set([...recent, ...late])) {
    try {
      const counted = await kept.get(purpose, day);
      const isDue = recent.includes(day) && isDayDue(day, counted?.countedAt, now().getTime());
      if (isDue || (counted !== undefined && late.includes(day))) await count(day, counted);
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

const bookMonth = async <Day extends CountedDay>(deps: BookOverheadsDeps, { purpose, kept, linesOf, seriesOf }: Counting<Day>, month: string): Promise<void> => {
  const days = await kept.month(purpose, month);
  if (days.length === 0) return;
  const book = await deps.books.inForce(deps.pricedRegion, isoTime(monthInterval(month).from));
  await bookDerived(deps)({ kind: 'PLATFORM', purpose }, month, async () => ({
    owner: { kind: 'PLATFORM', purpose },
    month,
    stage: stageOf(days, month),
    lines: linesOf(days, month, book),
    series: seriesOf(days),
    asOf: deps.now().toISOString(),
    ...(book ? { priceBookId: book.bookId } : {}),
  }));
};

/** Counts and books one purpose; answers what could not be. */
const bookPurpose = async <Day extends CountedDay>(deps: BookOverheadsDeps, counting: Counting<Day>): Promise<BookedOverheads['failed']> => {
  const errors = [...(await countDays(deps, counting))];
  // Also when nothing was due: who counted the days last may have died before it booked them.
  for (const month of new Set([...counting.recent, ...counting.late].map((day) => day.slice(0, 7)))) await bookMonth(deps, counting, month).catch((error: unknown) => errors.push(error));
  return errors.map((error) => ({ purpose: counting.purpose, error }));
};

const daysOf = ({ knownSince, lastSeenAt }: KnownPipeline, now: number): readonly string[] =>
  recentDays(now).filter((day) => dayInterval(day).to > knownSince && dayInterval(day).from < lastSeenAt);

/** Who had a pipeline is known for a month; what it sent for nobody in a day before stays as it was counted. */
const holdsKnownMilliseconds = 28 * dayMilliseconds;

const bookPipeline = (deps: BookOverheadsDeps, pipeline: KnownPipeline, now: number, lateLogs: readonly LateLog[]): Promise<BookedOverheads['failed']> => {
  const recent = daysOf(pipeline, now);
  if (pipeline.kind === 'CAM') {
    const count = (day: string): Promise<void> => countCamDay(deps)(pipeline, day);
    return bookPurpose(deps, { purpose: camPurpose(pipeline.pipelineId), recent, late: [], count, kept: deps.cam.days, linesOf: camOverheadLines, seriesOf: camOverheadSeries });
  }
  const late = lateDays(lateLogs, pipeline.distributionId).filter((day) => dayInterval(day).from >= now - holdsKnownMilliseconds);
  const count = (day: string, before: OverheadDay | undefined): Promise<void> => countPipelineDay(deps)(pipeline, day, before);
  return bookPurpose(deps, { purpose: pipelinePurpose(pipeline.pipelineId), recent, late, count, kept: deps.overheads, linesOf: overheadLines, seriesOf: overheadSeries });
};

/**
 * Books what no breakout caused, a profile a pipeline and month, and one of the distribution of recordings: each day is
 * counted when it is over, again when its last logs have come, and again whenever logs come later, and sets the month's
 * lines anew.
 */
export const bookOverheads =
  (deps: BookOverheadsDeps) =>
  async (lateLogs: readonly LateLog[] = []): Promise<BookedOverheads> => {
    const watched = new Map<string, number>();
    const now = deps.now().getTime();
    const late = lateDays(lateLogs, deps.recordingsDistributionId);
    const count = async (day: string, before: OverheadDay | undefined): Promise<void> => {
      const { from } = dayInterval(day);
      for (const breakoutId of await countOnDemandDay(deps)(day, before)) watched.set(breakoutId, Math.min(from, watched.get(breakoutId) ?? from));
    };
    const failed = [...(await bookPurpose(deps, { purpose: recordingsPurpose, recent: recentDays(now), late, count, kept: deps.overheads, linesOf: overheadLines, seriesOf: overheadSeries }))];
    for (const pipeline of await seePipelines(deps)) failed.push(...(await bookPipeline(deps, pipeline, now, lateLogs)));
    return { watched, failed };
  };
