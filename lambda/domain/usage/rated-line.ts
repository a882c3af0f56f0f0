import { formatDecimal, multiply, parseDecimal, type Fraction } from '../pricing/fraction.ts';
import type { PriceBook } from '../pricing/price-book.ts';
import { selectRate, type RateCriteria, type RateSelection } from '../pricing/rate-selection.ts';
import { firstPaidTier, normalisationRatio, type Rate } from '../pricing/rate.ts';
import { toNanoUsd } from '../pricing/usd.ts';
import { isoTime, type Interval } from './calendar-month.ts';
import { chargeMeasure, costMeasure, noDataMeasure, unpricedMeasure, type Measures, type UsageCategory } from './measures.ts';
import type { LineOwner, LineRate, UsageLine } from './usage-line.ts';

/** A measured quantity before it is rated. */
export interface LineDraft {
  readonly key: string;
  readonly owner?: LineOwner;
  readonly category: UsageCategory;
  readonly service: string;
  readonly dimension: string;
  readonly month: string;
  readonly period: Interval;
  readonly source: string;
  readonly watermark: number;
  readonly quantity?: { readonly amount: bigint; readonly unit: string };
  readonly notes?: readonly string[];
  readonly points?: readonly string[];
  readonly adds?: Measures;
  readonly accrues?: true;
}

const unratedLine = ({ period, watermark, owner, notes, points, adds, ...draft }: LineDraft): UsageLine => ({
  ...draft,
  owner: owner ?? 'BREAKOUT',
  periodStart: isoTime(period.from),
  periodEnd: isoTime(period.to),
  watermark: isoTime(watermark),
  notes: notes ?? [],
  points: points ?? [],
  adds: adds ?? {},
});

/** A line that carries a quantity but no charge of its own: running time, or a source without data. */
export const unchargedLine = (draft: LineDraft): UsageLine => unratedLine(draft);

/** A line whose source has no data, which is not 0: it has neither quantity nor charge, and is counted. */
export const noDataLine = ({ quantity: _quantity, notes = [], ...draft }: LineDraft): UsageLine =>
  unratedLine({ ...draft, notes: [...notes, 'no data'], adds: { [noDataMeasure[draft.category]]: 1n } });

const lineRate = (rate: Rate, book: PriceBook): LineRate => {
  const { rateCode, usdPerUnit } = firstPaidTier(rate);
  return { sku: rate.sku, rateCode, usageType: rate.usageType, usdPerUnit, unit: rate.unit, effectiveDate: rate.effectiveDate, priceBookId: book.bookId };
};

const unpricedLine = (draft: LineDraft, reason: string): UsageLine => ({
  ...unratedLine(draft),
  unpriced: reason,
  adds: { ...draft.adds, [unpricedMeasure[draft.category]]: 1n },
});

/**
 * Rates a quantity at the list's first paid tier: exact product, rounded once, half-even, to 10^-9 USD. Without
 * exactly one SKU the line is kept unpriced. `billable` is in the price's unit. The customer pays what it costs.
 */
export const ratedLine = (draft: LineDraft, billable: Fraction, criteria: RateCriteria, book: PriceBook | undefined): UsageLine => {
  const selection: RateSelection = selectRate(book, criteria);
  if ('unpriced' in selection || !book) return unpricedLine(draft, 'unpriced' in selection ? selection.unpriced : 'no price book');
  const rate = lineRate(selection.rate, book);
  const normalised = multiply(billable, normalisationRatio(selection.rate));
  const exact = multiply(normalised, parseDecimal(rate.usdPerUnit));
  const nanoUsd = toNanoUsd(exact);
  return {
    ...unratedLine(draft),
    billable: { ...normalised, unit: rate.unit },
    rate,
    nanoUsd,
    chargeNanoUsd: nanoUsd,
    rounding: `half-even to 9 decimals from ${formatDecimal(exact, 18)}`,
    adds: { ...draft.adds, [costMeasure[draft.category]]: nanoUsd, [chargeMeasure[draft.category]]: nanoUsd },
  };
};

/** A line that cannot be rated because what it would be rated by is not known. */
export const unratableLine = (draft: LineDraft, reason: string): UsageLine => unpricedLine(draft, reason);
