import { homeGeography } from '../../pricing/delivery-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { RateCriteria } from '../../pricing/rate-criteria.ts';
import { idleChannelCriteria, idleInputCriteria } from '../../pricing/streaming-rates.ts';
import { dayInterval, dayMilliseconds } from '../calendar-day.ts';
import type { Interval } from '../calendar-month.ts';
import type { Measures } from '../measures.ts';
import { totalOf, type OverheadDay } from '../overheads/overhead-day.ts';
import { ratedLine, unchargedLine, type LineDraft } from '../rated-line.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import { trafficLines, type TrafficOf } from './delivery-lines.ts';
import { readsOfServedRecording, readsOfServedRequest, splitTraffic } from './delivery-traffic.ts';
import { trafficSeries } from './traffic-series.ts';
import { unheldLines } from './unheld-meter.ts';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const periodOf = (days: readonly OverheadDay[]): Interval => {
  const times = days.map(({ day }) => dayInterval(day));
  return { from: Math.min(...times.map(({ from }) => from)), to: Math.max(...times.map(({ to }) => to)) };
};

const unloggedPoints = { bytes: 'delivery/unlogged/bytes', requests: 'delivery/unlogged/requests' };

/** Traffic that no log tells of, from the Region's own geography. */
const unlogged = ({ purpose, region }: OverheadDay, bytes: bigint, requests: bigint): TrafficOf => {
  const geography = homeGeography(region) ?? 'UNKNOWN';
  return {
    id: 'unlogged',
    owner: 'PLATFORM',
    source: 'CloudWatch AWS/CloudFront less access logs',
    notes: [`no log tells where or how: assumed from ${geography}, over https, accepted by the edge function`],
    traffic: {
      bytes,
      requests,
      functionRuns: requests,
      storeReads: requests * (purpose === 'recordings' ? readsOfServedRecording : readsOfServedRequest),
      bytesByGeography: new Map(bytes > 0n ? [[geography, bytes]] : []),
      requestsByGeography: new Map(requests > 0n ? [[geography, new Map([['https', requests]])]] : []),
    },
    addsBytes: (amount) => ({ deliveryUnloggedBytes: amount }),
    points: unloggedPoints,
  };
};

const deliveryLines = (days: readonly OverheadDay[], first: OverheadDay, month: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const totals = days.map(totalOf);
  const unattributed = splitTraffic(days.flatMap(({ rows }) => rows));
  const bytes = sum(totals.map((total) => total.bytes)) - sum(days.map(({ attributed }) => attributed.bytes));
  const requests = sum(totals.map((total) => total.requests)) - sum(days.map(({ attributed }) => attributed.requests));
  const draft: LineDraft = {
    key: 'delivery',
    owner: 'PLATFORM',
    category: 'delivery',
    service: 'CloudFront',
    dimension: "the distribution's total, less what breakouts bear",
    month,
    period: periodOf(days),
    source: `CloudWatch AWS/CloudFront BytesDownloaded and Requests of ${first.distributionId}`,
    watermark: Math.max(...days.map(({ countedAt }) => countedAt)),
    points: ['delivery/bytes', 'delivery/requests'],
    notes: days.every(({ isComplete }) => isComplete) ? [] : ['the source says that points are missing'],
  };
  const edge = unchargedLine({
    ...draft,
    key: 'delivery/edge',
    quantity: { amount: bytes, unit: 'bytes' },
    adds: { deliveryTotalBytes: bytes, deliveryLoggedBytes: unattributed.bytes, deliveryTotalRequests: requests },
  });
  const logs: TrafficOf = { id: 'unattributed', owner: 'PLATFORM', source: `access logs of ${first.distributionId}`, notes: [], traffic: unattributed, addsBytes: (amount) => ({ deliveryUnattributedBytes: amount }) };
  const rest = unlogged(first, bytes - unattributed.bytes, requests - unattributed.requests);
  return [edge, ...[logs, rest].flatMap((one) => trafficLines({ ...draft, key: `delivery/${one.id}` }, one, book))];
};

const idleLine = (days: readonly OverheadDay[], month: string, id: string, milliseconds: bigint, adds: Measures, criteria: RateCriteria, book: PriceBook | undefined): UsageLine =>
  ratedLine(
    {
      key: `streaming/idle-${id}`,
      owner: 'PLATFORM',
      category: 'streaming',
      service: 'MediaLive',
      dimension: criteria.what,
      month,
      period: periodOf(days),
      source: 'the pipeline registry, less the runs of its channel',
      watermark: Math.max(...days.map(({ countedAt }) => countedAt)),
      quantity: { amount: milliseconds, unit: 'milliseconds' },
      adds,
    },
    fraction(milliseconds, 3_600_000n),
    criteria,
    book,
  );

const idleLines = (days: readonly OverheadDay[], { region }: OverheadDay, month: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const idle = days.flatMap((day) => day.idle ?? []);
  if (idle.length === 0) return [];
  const [channel, inputs] = [sum(idle.map(({ channelMilliseconds }) => channelMilliseconds)), sum(idle.map(({ inputMilliseconds }) => inputMilliseconds))];
  return [
    idleLine(days, month, 'channel', channel, { streamingIdleChannelMilliseconds: channel }, idleChannelCriteria(region), book),
    idleLine(days, month, 'inputs', inputs, { streamingIdleInputMilliseconds: inputs }, idleInputCriteria(region), book),
  ];
};

/** What the platform bears of a month for one purpose. Days are of that purpose and month; none, no lines. */
export const overheadLines = (days: readonly OverheadDay[], month: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const [first] = days;
  return first === undefined ? [] : [...deliveryLines(days, first, month, book), ...idleLines(days, first, month, book), ...unheldLines(days, book)];
};

/** The days' totals that the lines are sums of. */
export const overheadSeries = (days: readonly OverheadDay[]): readonly RawSeries[] => {
  if (days.length === 0) return [];
  const { from, to } = periodOf(days);
  const values = (amount: (day: OverheadDay) => bigint): readonly (bigint | null)[] =>
    Array.from({ length: (to - from) / 86_400_000 }, (_, index) => {
      const day = days.find((one) => dayInterval(one.day).from === from + index * 86_400_000);
      return day ? amount(day) : null;
    });
  const series = (name: string, amount: (day: OverheadDay) => bigint): RawSeries => ({ name, from: new Date(from).toISOString(), periodSeconds: 86_400, values: values(amount) });
  const unlogged = (of: 'bytes' | 'requests') => (day: OverheadDay): bigint => totalOf(day)[of] - day.attributed[of] - sum(day.rows.map((row) => row[of]));
  return [
    series('delivery/bytes', ({ total }) => total.bytes),
    series('delivery/requests', ({ total }) => total.requests),
    ...trafficSeries('delivery/unattributed', days.flatMap(({ rows }) => rows), dayMilliseconds),
    series(unloggedPoints.bytes, unlogged('bytes')),
    series(unloggedPoints.requests, unlogged('requests')),
  ];
};
