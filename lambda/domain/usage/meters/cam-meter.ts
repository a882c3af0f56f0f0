import { camInputCriteria, type CamChannelType } from '../../pricing/cam-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { intersection, minuteMilliseconds, monthOf, splitByMonth, type Interval } from '../calendar-month.ts';
import { faultNotes, sumOver, type MinuteSeries } from '../metric-series.ts';
import { ratedLine, unchargedLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { hourMilliseconds } from './cam-output-lines.ts';

/** A stream that went into a channel for a show, up to when it is known. In milliseconds. */
export interface StreamedSession extends Interval {
  readonly streamId: string;
  /** What the encoder sent; absent = the service has not told. */
  readonly picture?: { readonly widthPixels: number; readonly heightPixels: number };
}

/** What an IVS channel took in and delivered while a show had it. Series are of milliseconds. */
export interface CamFacts {
  /** Sets lines of several pipelines of one show apart: `run-2/`; '' for the first. */
  readonly scope: string;
  readonly channel: { readonly channelArn: string; readonly type: CamChannelType };
  readonly sessions: readonly StreamedSession[];
  /** The whole minutes of the channel that the show bears: each minute of a channel is one show's, or nobody's. Empty when nobody streamed into it for the show. */
  readonly window: Interval;
  readonly input: MinuteSeries;
  readonly delivered: MinuteSeries;
  readonly deliveredByCountry: readonly { readonly country: string; readonly series: MinuteSeries }[];
  readonly watermark: number;
}

const sessionLines = ({ scope, channel, sessions, watermark }: CamFacts): readonly UsageLine[] =>
  sessions.flatMap(({ streamId, from, to }) =>
    splitByMonth({ from, to }).map((part) => {
      const milliseconds = BigInt(part.to - part.from);
      return unchargedLine({
        key: `streaming/${scope}session-${streamId}/time`,
        category: 'streaming',
        service: 'IVS',
        dimension: 'stream session',
        month: part.month,
        period: part,
        source: `IVS GetStreamSession of ${channel.channelArn}`,
        watermark: Math.min(watermark, to),
        quantity: { amount: milliseconds, unit: 'milliseconds' },
        adds: { streamingRunMilliseconds: milliseconds },
      });
    }),
  );

/** What a channel took in. */
export interface CountedInput {
  readonly milliseconds: bigint;
  /** Minutes that the metric has no point of, and a session has. */
  readonly bySessions: number;
  readonly hasData: boolean;
}

/** What a minute's sessions have of it; streams follow each other on a channel, so that they never overlap. */
const sessionTime = (sessions: readonly StreamedSession[], minute: Interval): number =>
  sessions.reduce((sum, session) => {
    const { from, to } = intersection(session, minute);
    return sum + to - from;
  }, 0);

/** What a channel took in in whole minutes of its series: the metric's; a minute that it has no point of counts by the sessions. */
export const countInput = ({ input, sessions }: Pick<CamFacts, 'input' | 'sessions'>, part: Interval): CountedInput => {
  let [milliseconds, bySessions, hasData] = [0n, 0, false];
  for (let at = part.from; at < part.to; at += minuteMilliseconds) {
    const point = input.values[(at - input.from) / minuteMilliseconds] ?? null;
    const streamed = point === null ? sessionTime(sessions, { from: at, to: at + minuteMilliseconds }) : 0;
    milliseconds += point ?? BigInt(streamed);
    if (streamed > 0) bySessions += 1;
    hasData ||= point !== null || streamed > 0;
  }
  return { milliseconds, bySessions, hasData };
};

const inputLine = (facts: CamFacts, part: CamPart, region: string, book: PriceBook | undefined): UsageLine => {
  const { scope, channel, input, watermark } = facts;
  const { milliseconds, bySessions } = countInput(facts, part);
  const criteria = camInputCriteria(region, channel.type);
  const draft: LineDraft = {
    key: `streaming/${scope}input`,
    category: 'streaming',
    service: 'IVS',
    dimension: criteria.what,
    month: part.month,
    period: part,
    source: 'CloudWatch AWS/IVS LiveInputTime',
    watermark,
    notes: [
      ...(bySessions > 0 ? [`${bySessions} minutes without a point count by the stream sessions`] : []),
      ...faultNotes([input], part),
    ],
    points: [`streaming/${scope}input`],
  };
  // Where no session is and no point, nothing went in: sessions say so.
  return ratedLine({ ...draft, quantity: { amount: milliseconds, unit: 'milliseconds' }, adds: { streamingInputMilliseconds: milliseconds } }, fraction(milliseconds, hourMilliseconds), criteria, book);
};

/** The part of a show's window in a month. */
export type CamPart = Interval & { readonly month: string };

/** Whether a stream of the show goes on in a part. */
export const isStreamedIn = ({ sessions }: Pick<CamFacts, 'sessions'>, part: Interval): boolean => sessions.some((session) => session.from < part.to && session.to > part.from);

/** The parts of a show's window by month that something went through: a month that only has the end of the tail has nothing of the show. Without any, one in which nothing was. */
export const camParts = (facts: CamFacts): readonly CamPart[] => {
  const { window, input, delivered, deliveredByCountry } = facts;
  const used = splitByMonth(window).filter((part) => isStreamedIn(facts, part) || [input, delivered, ...deliveredByCountry.map(({ series }) => series)].some((series) => (sumOver(series, part).sum ?? 0n) > 0n));
  return used.length > 0 ? used : [{ month: monthOf(window.from), ...window }];
};

/** The lines of what was streamed into a channel for a show: each session's time, and the input that IVS bills, a line a month. */
export const camInputLines = (facts: CamFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] => [
  ...sessionLines(facts),
  ...camParts(facts).map((part) => inputLine(facts, part, region, book)),
];
