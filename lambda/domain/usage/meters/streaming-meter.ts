import type { ChannelRun } from '../../breakouts/channel-run.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { RateCriteria } from '../../pricing/rate-criteria.ts';
import { inputCriteria, outputCriteria } from '../../pricing/streaming-rates.ts';
import { isoTime, minuteMilliseconds, monthOf, splitByMonth, type Interval } from '../calendar-month.ts';
import { ratedLine, unchargedLine, type LineDraft } from '../rated-line.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';

/** A run that has ended, in milliseconds, with the channel as it ran. */
export interface EndedRun extends Interval {
  readonly run: ChannelRun;
}

/** Minutes that a running resource is billed for: up to the whole minute, at least 10. Source: https://aws.amazon.com/medialive/pricing/ */
export const billableRunMinutes = (milliseconds: number): bigint => BigInt(Math.max(10, Math.ceil(milliseconds / minuteMilliseconds)));

/** The part of a run, or of its billable minutes, that falls into a UTC month. */
export interface RunMonth extends Interval {
  readonly month: string;
  readonly billableMinutes: bigint;
}

/** A run's billable minutes, computed once and split over months by elapsed time; the remainder goes to the month it ends in. */
export const runMonths = ({ from, to }: Interval): readonly RunMonth[] => {
  const total = billableRunMinutes(to - from);
  if (to <= from) return [{ from, to: from, month: monthOf(from), billableMinutes: total }];
  const parts = splitByMonth({ from, to });
  let left = total;
  return parts.map((part, index) => {
    const share = (total * BigInt(part.to - part.from)) / BigInt(to - from);
    const billableMinutes = index === parts.length - 1 ? left : share;
    left -= billableMinutes;
    return { ...part, billableMinutes };
  });
};

interface Resource {
  readonly id: string;
  readonly criteria: RateCriteria;
}

const resourcesOf = (run: ChannelRun, region: string): readonly Resource[] => {
  const { channelClass, inputs, outputs } = run.channel;
  return [
    ...inputs.map((input, index) => ({ id: `input-${index}-${input.name}`, criteria: inputCriteria(region, channelClass, input) })),
    ...outputs.map((output) => ({ id: `output-${output.outputGroup}-${output.name}`, criteria: outputCriteria(region, channelClass, output) })),
  ];
};

const observation = (source: 'EVENT' | 'POLL' | undefined): string => (source === 'EVENT' ? "the service's event" : 'a poll, which sees it late');

const statesOf = ({ attempt }: ChannelRun): string => `streaming/run-${attempt}/states`;

/** When a run's channel was told to start and stop, and when it ran: what each of its lines comes from. */
export const runSeries = ({ run, from, to }: EndedRun): RawSeries => {
  const told = run.stopRequestedAt === undefined ? '' : `, told to stop at ${run.stopRequestedAt}`;
  const note = `told to start at ${run.requestedAt}, running by ${observation(run.started?.source)}${told}, idle by ${observation(run.ended?.source)}`;
  return { name: statesOf(run), from: isoTime(from), periodSeconds: 0, values: [], intervals: [{ from: isoTime(from), to: isoTime(to), amount: '1', unit: 'channels', note }] };
};

const draftOf = ({ run, to }: EndedRun, part: RunMonth, id: string, dimension: string): LineDraft => ({
  key: `streaming/run-${run.attempt}/${id}`,
  category: 'streaming',
  service: 'MediaLive',
  dimension,
  month: part.month,
  period: part,
  source: `channel run of ${run.channel.channelArn}`,
  watermark: to,
  notes: [`started by ${observation(run.started?.source)}, ended by ${observation(run.ended?.source)}`],
  points: [statesOf(run)],
});

/**
 * The streaming lines of a run: its running time, and every input and every output that the channel had, each at its
 * own class for the run's billable minutes.
 */
export const streamingLines = (ended: EndedRun, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  runMonths(ended).flatMap((part) => {
    const milliseconds = BigInt(part.to - part.from);
    const time: LineDraft = {
      ...draftOf(ended, part, 'time', 'channel running'),
      quantity: { amount: milliseconds, unit: 'milliseconds' },
      adds: { streamingRunMilliseconds: milliseconds, streamingBillableMinutes: part.billableMinutes },
    };
    const resources = resourcesOf(ended.run, region).map(({ id, criteria }) =>
      ratedLine(
        { ...draftOf(ended, part, id, criteria.what), quantity: { amount: part.billableMinutes, unit: 'billable minutes' } },
        fraction(part.billableMinutes, 60n),
        criteria,
        book,
      ),
    );
    return [unchargedLine(time), ...resources];
  });
