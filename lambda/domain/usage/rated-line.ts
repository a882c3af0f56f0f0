import type { Fraction } from '../pricing/fraction.ts';
import type { PriceBook } from '../pricing/price-book.ts';
import type { RateCriteria } from '../pricing/rate-criteria.ts';
import { isoTime, type Interval } from './calendar-month.ts';
import { noDataMeasure, type Measures, type UsageCategory } from './measures.ts';
import { pricedLine, withoutPrice } from './price-line.ts';
import type { LineOwner, UsageLine } from './usage-line.ts';

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

/**
 * Rates a quantity as `pricedLine` does. `billable` is the quantity in the price's unit as a fraction that is not
 * reduced: its denominator is how many base units make one unit of the price.
 */
export const ratedLine = (draft: LineDraft, { numerator, denominator }: Fraction, criteria: RateCriteria, book: PriceBook | undefined): UsageLine =>
  pricedLine({ ...unratedLine(draft), basis: { criteria, base: numerator, perUnit: denominator } }, book);

/** A line that cannot be rated because what it would be rated by is not known. */
export const unratableLine = (draft: LineDraft, reason: string): UsageLine => withoutPrice(unratedLine(draft), reason);
