import type { Recording } from '../../recordings/recording.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { bookDerived } from '../book-profile.ts';
import { monthOf } from '../calendar-month.ts';
import { chargedProfile } from '../charges/charge-profile.ts';
import { convertedJobs } from '../converted-jobs.ts';
import { conversionLines, conversionSeries, type ConversionFacts } from '../meters/conversion-meter.ts';
import { allLines } from '../reading/all-lines.ts';
import type { UsageLine } from '../usage-line.ts';
import type { MeasuredProfile, ProfileHead } from '../usage-profile.ts';
import { bookOfMonth, keptSeries, type BookAccrualDeps } from './book-accrual.ts';

const jobsIn = (recording: Recording, month: string): readonly ConversionFacts[] => convertedJobs(recording).filter(({ to }) => monthOf(to) === month);

const linesOf = (recording: Recording, region: string, month: string, book: PriceBook | undefined): readonly UsageLine[] =>
  jobsIn(recording, month).flatMap((job) => conversionLines(job, region, book));

/** A month as it is booked, with the minutes of all its jobs. */
const derived = async (deps: BookAccrualDeps, recording: Recording, region: string, month: string, before: ProfileHead | undefined): Promise<MeasuredProfile> => {
  const { breakoutId, eventId, accountId } = recording;
  const book = await bookOfMonth(deps, before, month);
  const converted = linesOf(recording, region, month, book);
  const keys = new Set(converted.map(({ key }) => key));
  const kept = before ? (await allLines(deps.usage, before)).filter(({ key }) => !keys.has(key)) : [];
  const jobs = jobsIn(recording, month).flatMap(conversionSeries);
  const series = before ? (await keptSeries(deps, before)).filter(({ name }) => !jobs.some((job) => job.name === name)) : [];
  const profile: MeasuredProfile = {
    owner: { kind: 'BREAKOUT', breakoutId, eventId, accountId },
    month,
    stage: before?.status === 'PROVISIONAL' ? 'PROVISIONAL' : 'FINAL',
    lines: [...kept, ...converted],
    series: [...series, ...jobs],
    asOf: deps.now().toISOString(),
    ...(book ? { priceBookId: book.bookId } : {}),
    ...(before?.accrual === undefined ? {} : { accrual: before.accrual }),
  };
  return chargedProfile(deps)(profile, before);
};

/**
 * Books the minutes of all jobs of a settled show that have ended well, each in the month in which it ended, by the prices that the
 * month is rated with: a later version where its own measurement knew of fewer. Repeatable. Answers false for a
 * breakout that is not settled, whose own measurement books them. @throws UnavailableError
 */
export const bookConversions =
  (deps: BookAccrualDeps) =>
  async (recording: Recording): Promise<boolean> => {
    const { breakoutId, eventId, accountId } = recording;
    const holding = await deps.holdings.get(breakoutId);
    if (holding === undefined) return false;
    for (const month of [...new Set(convertedJobs(recording).map(({ to }) => monthOf(to)))].sort()) {
      await bookDerived(deps)({ kind: 'BREAKOUT', breakoutId, eventId, accountId }, month, (before) => derived(deps, recording, holding.region, month, before));
    }
    return true;
  };
