import { readPriceSnapshot, type PriceRow } from './price-snapshot.ts';

/** Where a rate of the local Price List comes from. */
export interface RateProvenance {
  readonly source: string;
  /** When it was true there, `2026-09-18`. */
  readonly date: string;
  /** No source was found: the number shows how a charge is made, not what it is. */
  readonly isIllustrative: boolean;
}

const provenanceOf = ({ source, date, illustrative }: PriceRow): RateProvenance => ({ source, date, isIllustrative: illustrative });

/** Tells of each SKU of the local Price List where its rate comes from; undefined for a SKU that is not in it. */
export const readRateProvenance = (): ((sku: string) => RateProvenance | undefined) => {
  const bySku = new Map(readPriceSnapshot().rows.map((row) => [row.sku, provenanceOf(row)]));
  return (sku) => bySku.get(sku);
};
