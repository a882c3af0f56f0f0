import { conversionCriteria, type ConversionOutputClass } from '../../pricing/conversion-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { isoTime, monthOf, type Interval } from '../calendar-month.ts';
import { noDataLine, ratedLine, type LineDraft } from '../rated-line.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';

/** One output of a conversion job that has ended. */
export interface ConvertedOutput {
  readonly name: string;
  /** Absent = the job ended well without telling it. */
  readonly durationMilliseconds?: bigint;
  readonly outputClass: ConversionOutputClass;
}

/** A conversion job that has ended well; failed jobs are not billed. */
export interface ConversionFacts extends Interval {
  readonly jobId: string;
  readonly outputs: readonly ConvertedOutput[];
}

/** Seconds that an output is billed for: up to the whole second, at least 10. Source: https://aws.amazon.com/mediaconvert/pricing/ */
const billableOutputSeconds = (milliseconds: bigint): bigint => {
  const seconds = (milliseconds + 999n) / 1_000n;
  return seconds > 10n ? seconds : 10n;
};

const lineKey = (jobId: string, output: string): string => `conversion/${jobId}/${output}`;

const draftOf = ({ jobId, from, to }: ConversionFacts, name: string, dimension: string): LineDraft => {
  const month = monthOf(to);
  return {
    key: lineKey(jobId, name),
    category: 'conversion',
    service: 'MediaConvert',
    dimension,
    month,
    // The charge period stays inside the month that the job is billed in.
    period: { from: monthOf(from) === month ? from : to, to },
    source: `MediaConvert GetJob ${jobId}`,
    watermark: to,
    points: [lineKey(jobId, name)],
  };
};

/** From when to when a job ran, and how long each of its outputs is: a series an output. */
export const conversionSeries = ({ jobId, from, to, outputs }: ConversionFacts): readonly RawSeries[] =>
  outputs.flatMap(({ name, durationMilliseconds }) => {
    if (durationMilliseconds === undefined) return [];
    const interval = { from: isoTime(from), to: isoTime(to), amount: durationMilliseconds.toString(), unit: 'milliseconds', note: `duration of output ${name}, made from when to when by job ${jobId}` } as const;
    return [{ name: lineKey(jobId, name), from: isoTime(from), periodSeconds: 0, values: [], intervals: [interval] }];
  });

/** The conversion lines of a job: one an output, at its own class, in the month in which the job ended; without data where no duration is told. */
export const conversionLines = (facts: ConversionFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  facts.outputs.map(({ name, durationMilliseconds, outputClass }) => {
    const criteria = conversionCriteria(region, outputClass);
    const draft = draftOf(facts, name, criteria.what);
    if (durationMilliseconds === undefined) return noDataLine({ ...draft, notes: ['the job ended well and tells no duration of this output'] });
    const seconds = billableOutputSeconds(durationMilliseconds);
    const adds = { conversionMilliseconds: durationMilliseconds, conversionBillableSeconds: seconds };
    return ratedLine({ ...draft, quantity: { amount: durationMilliseconds, unit: 'milliseconds' }, adds }, fraction(seconds, 60n), criteria, book);
  });
