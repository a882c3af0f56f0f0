import { meteredTotalsOf, type MeteredTotals } from './metered-totals.ts';
import type { UsageLine } from './usage-line.ts';

/** What lines count towards volume tiers, each with the price book that it is rated with. */
export const meteredByLines = (lines: readonly Pick<UsageLine, 'metered' | 'rate'>[]): MeteredTotals =>
  meteredTotalsOf(lines.flatMap(({ metered, rate }) => (metered === undefined ? [] : [{ ...metered, ...(rate ? { priceBookId: rate.priceBookId } : {}) }])));
