import type { RateCriteria } from '../pricing/rate-criteria.ts';
import type { NanoUsd } from '../pricing/usd.ts';
import type { LineCategory, Measures } from './measures.ts';
import type { MeteredQuantity } from './metered-totals.ts';
import type { ProfileOwner } from './profile-owner.ts';

/** Who bears a line: the owner of its profile, or the platform for what a breakout did not cause. */
export type LineOwner = ProfileOwner['kind'];

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

/** What a line is rated by, as data, so that any book can rate it again: `base` units, `perUnit` of them in one unit of the list. */
export interface RatingBasis {
  readonly criteria: RateCriteria;
  readonly base: bigint;
  readonly perUnit: bigint;
}

/**
 * One measured quantity of one owner, for one service, dimension and period, with its charge and how it was
 * derived. It is set, never incremented: measuring again makes the same key again.
 */
export interface UsageLine {
  /** Deterministic: what is measured, not when it was measured. */
  readonly key: string;
  readonly owner: LineOwner;
  readonly category: LineCategory;
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
  /** Absent when the line has no price of its own, or it is not known what it is rated by. */
  readonly basis?: RatingBasis;
  /** The exact billable quantity in the price's unit, as a fraction. */
  readonly billable?: { readonly numerator: bigint; readonly denominator: bigint; readonly unit: string };
  readonly rate?: LineRate;
  /** The quantity that counts towards the volume tiers of its SKU; absent when the line has none. */
  readonly metered?: MeteredQuantity;
  /** What AWS lists for it. Absent when the line has no cost of its own, or is unpriced. */
  readonly nanoUsd?: NanoUsd;
  /** What the customer pays for it by the account's price terms; likewise absent. */
  readonly chargeNanoUsd?: NanoUsd;
  /** How the charge came from price terms; absent when the customer pays what it costs. */
  readonly chargedBy?: string;
  /** Why a line that should have a charge has none. */
  readonly unpriced?: string;
  readonly rounding?: string;
  /** What the line is of goes on by itself (storage, delivery on demand): a change of it is not a correction while its profile accrues. */
  readonly accrues?: true;
  readonly notes: readonly string[];
  /** Names of the raw series in the profile version that the quantity comes from. */
  readonly points: readonly string[];
  /** What the line contributes to its owner's profile. */
  readonly adds: Measures;
}

/** What was so for a time: so many bytes were held, a channel ran, an output was converted. */
export interface RawInterval {
  /** ISO 8601 UTC with milliseconds. */
  readonly from: string;
  /** Null: nobody has said when it ends. */
  readonly to: string | null;
  /** An integer. */
  readonly amount: string;
  /** `bytes` and `channels` count for as long as they were there, `milliseconds` as such. */
  readonly unit: 'bytes' | 'channels' | 'milliseconds';
  /** How many objects the bytes are of. */
  readonly objects?: number;
  readonly note?: string;
}

/** A raw series as it was read: one value a period, null where the source has none; or what was so, and from when to when. */
export interface RawSeries {
  readonly name: string;
  readonly from: string;
  /** 0 where there are intervals in place of values. */
  readonly periodSeconds: number;
  readonly values: readonly (bigint | null)[];
  readonly intervals?: readonly RawInterval[];
}
