import type { PriceBook } from '../../pricing/price-book.ts';
import { dayInterval, dayOf } from '../calendar-day.ts';
import type { DeliveryLogRow } from '../delivery-log.ts';
import { unchargedLine, type LineDraft } from '../rated-line.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import { trafficLines } from './delivery-lines.ts';
import { splitTraffic } from './delivery-traffic.ts';
import { trafficSeries } from './traffic-series.ts';

/** What viewers of a breakout's recordings were sent in a month, as far as the logs have come. */
export interface OnDemandFacts {
  readonly month: string;
  /** By hour. */
  readonly rows: readonly DeliveryLogRow[];
  readonly watermark: number;
}

const attributed = 'delivery/recordings';

/** What the lines come from: a series of each by the hour, as far as the logs have come. */
export const onDemandSeries = (rows: readonly DeliveryLogRow[]): readonly RawSeries[] => trafficSeries(attributed, rows);

/**
 * The delivery lines of a breakout's recordings in a month: all that the logs tell of its paths. What no log tells of is
 * the platform's, because every recording shares the distribution. No traffic, no lines.
 */
export const onDemandLines = ({ month, rows, watermark }: OnDemandFacts, book: PriceBook | undefined): readonly UsageLine[] => {
  if (rows.length === 0) return [];
  const traffic = splitTraffic(rows);
  const hours = rows.map(({ minute }) => minute);
  const draft: LineDraft = {
    key: attributed,
    category: 'delivery',
    service: 'CloudFront',
    dimension: 'recordings to viewers',
    month,
    period: { from: dayInterval(dayOf(Math.min(...hours))).from, to: dayInterval(dayOf(Math.max(...hours))).to },
    source: 'access logs of the distribution of recordings',
    watermark,
    accrues: true,
  };
  const { bytes, requests } = traffic;
  const edge = unchargedLine({
    ...draft,
    key: `${draft.key}/edge`,
    points: onDemandSeries(rows).map(({ name }) => name).filter((name) => /(transfer|requests)$/.test(name)),
    quantity: { amount: bytes, unit: 'bytes' },
    adds: { deliveryTotalBytes: bytes, deliveryLoggedBytes: bytes, deliveryTotalRequests: requests },
  });
  return [edge, ...trafficLines(draft, { id: 'attributed', owner: 'BREAKOUT', source: draft.source, notes: [], traffic, addsBytes: (amount) => ({ deliveryAttributedBytes: amount }) }, book)];
};
