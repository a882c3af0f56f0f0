import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { RateCriteria } from '../../pricing/rate-criteria.ts';
import { inputCriteria, outputCriteria } from '../../pricing/streaming-rates.ts';
import { dayInterval } from '../calendar-day.ts';
import type { OverheadDay } from '../overheads/overhead-day.ts';
import type { ChannelClasses } from '../overheads/unheld-runs.ts';
import { ratedLine, unchargedLine, unratableLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';

interface Resource {
  readonly id: string;
  readonly criteria: RateCriteria;
}

const resourcesOf = (region: string, { channelClass, inputs, outputs }: ChannelClasses): readonly Resource[] => [
  ...inputs.map((input, index) => ({ id: `input-${index}-${input.name}`, criteria: inputCriteria(region, channelClass, input) })),
  ...outputs.map((output, index) => ({ id: `output-${index}-${output.name}`, criteria: outputCriteria(region, channelClass, output) })),
];

const dayLines = ({ day, region, unheld, countedAt }: OverheadDay, book: PriceBook | undefined): readonly UsageLine[] => {
  if (unheld === undefined) return [];
  const { milliseconds, billableMinutes, channel } = unheld;
  const draft: LineDraft = {
    key: `streaming/unheld/${day}/time`,
    owner: 'PLATFORM',
    category: 'streaming',
    service: 'MediaLive',
    dimension: 'channel running for no show',
    month: day.slice(0, 7),
    period: dayInterval(day),
    source: "state changes of the pipeline's channel, less the runs of shows",
    watermark: countedAt,
    notes: ['at the classes that the pipeline is registered with'],
  };
  const quantity = { amount: billableMinutes, unit: 'billable minutes' };
  const time: LineDraft = { ...draft, quantity: { amount: milliseconds, unit: 'milliseconds' }, adds: { streamingRunMilliseconds: milliseconds, streamingBillableMinutes: billableMinutes } };
  if (channel === undefined) return [unchargedLine(time), unratableLine({ ...draft, key: `streaming/unheld/${day}/channel`, quantity }, 'the pipeline was gone before the classes of its channel were known')];
  const resources = resourcesOf(region, channel).map(({ id, criteria }) =>
    ratedLine({ ...draft, key: `streaming/unheld/${day}/${id}`, dimension: criteria.what, quantity }, fraction(billableMinutes, 60n), criteria, book),
  );
  return [unchargedLine(time), ...resources];
};

/** What channels cost that ran while no show had them: for each day every input and output at its own class, as of a show's run. */
export const unheldLines = (days: readonly OverheadDay[], book: PriceBook | undefined): readonly UsageLine[] => days.flatMap((day) => dayLines(day, book));
