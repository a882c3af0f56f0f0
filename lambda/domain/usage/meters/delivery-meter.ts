import { homeGeography } from '../../pricing/delivery-rates.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { minuteMilliseconds, splitByMonth, type Interval } from '../calendar-month.ts';
import type { DeliveryLogRow } from '../delivery-log.ts';
import { noDataMeasure } from '../measures.ts';
import { faultNotes, rawSeries, sumOver, type MinuteSeries } from '../metric-series.ts';
import { noDataLine, unchargedLine, type LineDraft } from '../rated-line.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import { trafficLines, type TrafficOf } from './delivery-lines.ts';
import { dominantGeography, readsOfServedRequest, splitTraffic, type TrafficSplit } from './delivery-traffic.ts';
import { trafficSeries, unloggedSeries } from './traffic-series.ts';

/** What a distribution delivered while a breakout held it. */
export interface DeliveryFacts {
  /** Sets lines of several distributions of one show apart: `run-2/`; '' for the first. */
  readonly scope: string;
  readonly breakoutId: string;
  readonly distributionId: string;
  /** The whole minutes in which the breakout held the pipeline: each minute of a distribution belongs to one show. */
  readonly window: Interval;
  /** The distribution's own totals, which have no geography and no path. */
  readonly bytes: MinuteSeries;
  readonly requests: MinuteSeries;
  /** What the access logs have of the window so far, of whatever path. */
  readonly rows: readonly DeliveryLogRow[];
  readonly watermark: number;
}

/** How the edge's total of a window is made up: total = attributed + unattributed + unlogged, exactly. All but what is unattributed is the breakout's. */
interface Split {
  /** To the breakout, what looking after it took included. */
  readonly attributed: TrafficSplit;
  readonly watched: TrafficSplit;
  readonly monitoring: TrafficSplit;
  readonly unattributed: TrafficSplit;
  readonly total: { readonly bytes: bigint; readonly requests: bigint };
  readonly hasData: boolean;
  /** Whether the source has none of the minutes any more, or not yet: what the logs have is the least that it was. */
  readonly isTotalUnknown: boolean;
  readonly notes: readonly string[];
}

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);

/** Logged rows by whose they are: the breakout's, watched or looked after, and others'. */
const ownersOf = ({ rows, breakoutId: own }: DeliveryFacts, part: Interval) => {
  const inPart = rows.filter(({ minute }) => minute >= part.from && minute < part.to);
  return {
    inPart,
    watched: inPart.filter(({ breakoutId, kind }) => breakoutId === own && kind !== 'MONITORING'),
    monitoring: inPart.filter(({ breakoutId, kind }) => breakoutId === own && kind === 'MONITORING'),
    unattributed: inPart.filter(({ breakoutId }) => breakoutId !== own),
  };
};

const splitOf = (facts: DeliveryFacts, part: Interval): Split => {
  const rows = ownersOf(facts, part);
  const attributed = splitTraffic([...rows.watched, ...rows.monitoring]);
  const [watched, monitoring, unattributed] = [splitTraffic(rows.watched), splitTraffic(rows.monitoring), splitTraffic(rows.unattributed)];
  const logged = { bytes: attributed.bytes + unattributed.bytes, requests: attributed.requests + unattributed.requests };
  const bytes = sumOver(facts.bytes, part);
  const requests = sumOver(facts.requests, part);
  const total = { bytes: larger(bytes.sum ?? 0n, logged.bytes), requests: larger(requests.sum ?? 0n, logged.requests) };
  const notes = [
    `${bytes.gaps} of ${(part.to - part.from) / minuteMilliseconds} minutes without a point`,
    ...faultNotes([facts.bytes, facts.requests], part),
    ...(logged.bytes > (bytes.sum ?? 0n) ? [`the metric is ${(logged.bytes - (bytes.sum ?? 0n)).toString()} bytes short of the logs, which count`] : []),
  ];
  return { attributed, watched, monitoring, unattributed, total, hasData: bytes.sum !== null || requests.sum !== null || rows.inPart.length > 0, isTotalUnknown: bytes.sum === null && requests.sum === null && !(facts.bytes.isComplete && facts.requests.isComplete), notes };
};

/** All that the distribution counted; what it adds to the breakout is less what other paths took, which the platform bears. */
const edgeLine = (draft: LineDraft, { attributed, unattributed, total, hasData, isTotalUnknown, notes }: Split): UsageLine => {
  if (!hasData) return noDataLine({ ...draft, notes });
  const others = unattributed.requests === 0n ? [] : [`${unattributed.bytes.toString()} bytes in ${unattributed.requests.toString()} requests are of other paths, which the platform bears`];
  return unchargedLine({
    ...draft,
    notes: [...notes, ...(isTotalUnknown ? ['no data: the logs are the least that it was'] : []), ...others],
    ...(isTotalUnknown ? {} : { quantity: { amount: total.bytes, unit: 'bytes' } }),
    adds: {
      ...(isTotalUnknown ? { [noDataMeasure.delivery]: 1n } : {}),
      deliveryTotalBytes: total.bytes - unattributed.bytes,
      deliveryLoggedBytes: attributed.bytes,
      deliveryTotalRequests: total.requests - unattributed.requests,
    },
  });
};

/** The series that what no log tells of comes from: of bytes, and of requests. */
const unloggedPoints = (scope: string) => ({ bytes: `delivery/${scope}unlogged/bytes`, requests: `delivery/${scope}unlogged/requests` });

/** Traffic that no log tells of, at the geography that the show's viewers were served from most, else the Region's own. */
const unloggedTraffic = ({ attributed, unattributed, total }: Split, scope: string, region: string): TrafficOf => {
  const geography = dominantGeography(attributed) ?? homeGeography(region) ?? 'UNKNOWN';
  const bytes = total.bytes - attributed.bytes - unattributed.bytes;
  const requests = total.requests - attributed.requests - unattributed.requests;
  return {
    id: 'unlogged',
    owner: 'BREAKOUT',
    source: 'CloudWatch AWS/CloudFront less access logs',
    notes: [`no log tells where or how: assumed from ${geography}, over https, accepted by the edge function`],
    traffic: {
      bytes,
      requests,
      functionRuns: requests,
      storeReads: readsOfServedRequest * requests,
      bytesByGeography: new Map(bytes > 0n ? [[geography, bytes]] : []),
      requestsByGeography: new Map(requests > 0n ? [[geography, new Map([['https', requests]])]] : []),
    },
    addsBytes: (amount) => ({ deliveryUnloggedBytes: amount }),
    points: unloggedPoints(scope),
  };
};

const partLines = (facts: DeliveryFacts, region: string, part: Interval & { month: string }, book: PriceBook | undefined): readonly UsageLine[] => {
  const split = splitOf(facts, part);
  const draft: LineDraft = {
    key: `delivery/${facts.scope}edge`,
    category: 'delivery',
    service: 'CloudFront',
    dimension: "the distribution's total",
    month: part.month,
    period: part,
    source: `CloudWatch AWS/CloudFront BytesDownloaded and Requests of ${facts.distributionId}`,
    watermark: facts.watermark,
    points: [`delivery/${facts.scope}bytes`, `delivery/${facts.scope}requests`],
  };
  const logs = { source: `access logs of ${facts.distributionId}`, notes: [] };
  const owners: readonly TrafficOf[] = [
    { ...logs, id: 'attributed', owner: 'BREAKOUT', traffic: split.watched, addsBytes: (amount) => ({ deliveryAttributedBytes: amount }) },
    { ...logs, id: 'monitoring', owner: 'BREAKOUT', traffic: split.monitoring, addsBytes: (amount) => ({ deliveryAttributedBytes: amount, deliveryMonitoringBytes: amount }) },
    {
      ...logs,
      id: 'unattributed',
      owner: 'PLATFORM',
      traffic: split.unattributed,
      // The edge's own line leaves these out, so that they are in one total: at every level total = attributed + unlogged + unattributed.
      addsBytes: (amount) => ({ deliveryTotalBytes: amount, deliveryLoggedBytes: amount, deliveryUnattributedBytes: amount }),
      addsRequests: (amount) => ({ deliveryTotalRequests: amount }),
    },
    unloggedTraffic(split, facts.scope, region),
  ];
  return [edgeLine(draft, split), ...owners.flatMap((one) => trafficLines({ ...draft, key: `delivery/${facts.scope}${one.id}` }, one, book))];
};

/**
 * The delivery lines of a show: the edge's total, what the logs attribute to the breakout by its path, what no log
 * tells of (the breakout's, which alone held the distribution), and what the logs show of other paths (the platform's).
 */
export const deliveryLines = (facts: DeliveryFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  splitByMonth(facts.window).flatMap((part) => partLines(facts, region, part, book));

/** The series that the lines come from: the edge's own minutes, what the logs tell by owner, geography and hour, and the rest. */
export const deliverySeries = (facts: DeliveryFacts): readonly RawSeries[] => {
  const { scope, bytes, requests, window } = facts;
  const { inPart: rows, watched, monitoring, unattributed } = ownersOf(facts, window);
  return [
    rawSeries(`delivery/${scope}bytes`, bytes),
    rawSeries(`delivery/${scope}requests`, requests),
    ...trafficSeries(`delivery/${scope}attributed`, watched),
    ...trafficSeries(`delivery/${scope}monitoring`, monitoring),
    ...trafficSeries(`delivery/${scope}unattributed`, unattributed),
    ...unloggedSeries(`delivery/${scope}unlogged`, { window, bytes, requests, rows }),
  ];
};

/** Whether the logs have all that the distribution counted. */
export const isFullyLogged = ({ bytes, requests, rows, window }: DeliveryFacts): boolean => {
  const logged = splitTraffic(rows);
  return (sumOver(bytes, window).sum ?? 0n) === logged.bytes && (sumOver(requests, window).sum ?? 0n) === logged.requests;
};
