import { fraction } from '../../pricing/fraction.ts';
import { ingestCriteria, originationCriteria } from '../../pricing/packaging-rates.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { RateCriteria } from '../../pricing/rate-criteria.ts';
import { splitByMonth, type Interval } from '../calendar-month.ts';
import type { Measures } from '../measures.ts';
import { faultNotes, sumOver, type MinuteSeries } from '../metric-series.ts';
import { noDataLine, ratedLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';

/** AWS's GB is 2^30 bytes. Source: https://aws.amazon.com/s3/faqs/ */
export const bytesPerGigabyte = 1n << 30n;

/** What the packager received and sent in a window, by minute. */
export interface PackagingFacts {
  /** Sets lines of several pipelines of one show apart: `run-2/`; '' for the first. */
  readonly scope: string;
  readonly window: Interval;
  readonly ingress: MinuteSeries;
  readonly egress: MinuteSeries;
  readonly watermark: number;
}

interface Dimension {
  readonly id: 'ingress' | 'egress';
  readonly metric: string;
  readonly criteria: RateCriteria;
  readonly adds: (bytes: bigint) => Measures;
}

const lineOf = (dimension: Dimension, facts: PackagingFacts, part: Interval & { month: string }, book: PriceBook | undefined): UsageLine => {
  const series = facts[dimension.id];
  const { sum, gaps } = sumOver(series, part);
  const notes = [`${gaps} of ${(part.to - part.from) / 60_000} minutes without a point`, ...faultNotes([series], part)];
  const draft: LineDraft = {
    key: `packaging/${facts.scope}${dimension.id}`,
    category: 'packaging',
    service: 'MediaPackage',
    dimension: dimension.criteria.what,
    month: part.month,
    period: part,
    source: `CloudWatch AWS/MediaPackage ${dimension.metric}`,
    watermark: facts.watermark,
    notes,
    points: [`packaging/${facts.scope}${dimension.id}`],
  };
  if (sum === null) return noDataLine(draft);
  return ratedLine({ ...draft, quantity: { amount: sum, unit: 'bytes' }, adds: dimension.adds(sum) }, fraction(sum, bytesPerGigabyte), dimension.criteria, book);
};

/** The packaging lines of a show: bytes ingested and bytes originated, a line each and month. */
export const packagingLines = (facts: PackagingFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const dimensions: readonly Dimension[] = [
    { id: 'ingress', metric: 'IngressBytes', criteria: ingestCriteria(region), adds: (bytes) => ({ packagingIngressBytes: bytes }) },
    { id: 'egress', metric: 'EgressBytes', criteria: originationCriteria(region), adds: (bytes) => ({ packagingEgressBytes: bytes }) },
  ];
  return splitByMonth(facts.window).flatMap((part) => dimensions.map((dimension) => lineOf(dimension, facts, part, book)));
};
