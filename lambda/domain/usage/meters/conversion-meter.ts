import { conversionCriteria, type ConversionOutputClass } from '../../pricing/conversion-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { monthOf, type Interval } from '../calendar-month.ts';
import { ratedLine } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';

/** One output of a conversion job that has ended. */
export interface ConvertedOutput {
  readonly name: string;
  readonly durationMilliseconds: bigint;
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

/** The conversion lines of a job: one an output, at its own class, in the month in which the job ended. */
export const conversionLines = ({ jobId, from, to, outputs }: ConversionFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  outputs.map(({ name, durationMilliseconds, outputClass }) => {
    const seconds = billableOutputSeconds(durationMilliseconds);
    const criteria = conversionCriteria(region, outputClass);
    const month = monthOf(to);
    return ratedLine(
      {
        key: `conversion/${jobId}/${name}`,
        category: 'conversion',
        service: 'MediaConvert',
        dimension: criteria.what,
        month,
        // The charge period stays inside the month that the job is billed in.
        period: { from: monthOf(from) === month ? from : to, to },
        source: `MediaConvert GetJob ${jobId}`,
        watermark: to,
        quantity: { amount: durationMilliseconds, unit: 'milliseconds' },
        adds: { conversionMilliseconds: durationMilliseconds, conversionBillableSeconds: seconds },
      },
      fraction(seconds, 60n),
      criteria,
      book,
    );
  });
