import type { NanoUsd } from '../pricing/usd.ts';
import type { Measures, UsageCategory } from './measures.ts';

/** Who bears a line: the breakout, or the platform for what no breakout caused. */
export type LineOwner = 'BREAKOUT' | 'PLATFORM';

/** Which SKU a line was rated with, and at what price of which book. */
export interface LineRate {
  readonly sku: string;
  readonly rateCode: string;
  readonly usageType: string;
  readonly usdPerUnit: string;
  readonly unit: string;
  readonly effectiveDate: string;
  readonly priceBookId: string;
}

/**
 * One measured quantity of one breakout, for one service, dimension and period, with its charge and how it was
 * derived. It is set, never incremented: measuring again makes the same key again.
 */
export interface UsageLine {
  /** Deterministic: what is measured, not when it was measured. */
  readonly key: string;
  readonly owner: LineOwner;
  readonly category: UsageCategory;
  readonly service: string;
  readonly dimension: string;
  /** UTC month that the charge falls into. */
  readonly month: string;
  /** The charge period, half-open, inside the month. ISO 8601 UTC. */
  readonly periodStart: string;
  readonly periodEnd: string;
  /** Where the quantity was read: `CloudWatch AWS/MediaPackage IngressBytes`. */
  readonly source: string;
  /** Up to when the source had been read. */
  readonly watermark: string;
  /** Absent when the source has no data, which is not 0. */
  readonly quantity?: { readonly amount: bigint; readonly unit: string };
  /** The exact billable quantity in the price's unit, as a fraction. */
  readonly billable?: { readonly numerator: bigint; readonly denominator: bigint; readonly unit: string };
  readonly rate?: LineRate;
  /** Absent when the line has no charge of its own, or is unpriced. */
  readonly nanoUsd?: NanoUsd;
  /** Why a line that should have a charge has none. */
  readonly unpriced?: string;
  readonly rounding?: string;
  readonly notes: readonly string[];
  /** Names of the raw series in the profile version that the quantity is the sum of. */
  readonly points: readonly string[];
  /** What the line contributes to its owner's profile. */
  readonly adds: Measures;
}

/** A raw series as it was read: one value a period, null where the source has none. */
export interface RawSeries {
  readonly name: string;
  readonly from: string;
  readonly periodSeconds: number;
  readonly values: readonly (bigint | null)[];
}
