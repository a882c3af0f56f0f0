import type { CamChannelType, CamGeography, CamOutputClass } from './cam-rates.ts';
import type { PriceGeography, ViewerProtocol } from './delivery-rates.ts';
import type { ResolutionClass } from './resolution-class.ts';

/** The class of a channel on the bill: one encoder or two. */
export type PricedChannelClass = 'STANDARD' | 'SINGLE_PIPELINE';

/** S3's storage classes that recordings and archives are kept in. */
export const pricedStorageClasses = ['STANDARD', 'STANDARD_IA'] as const;

export type PricedStorageClass = (typeof pricedStorageClasses)[number];

/** Kinds that a Region is all there is to know of. */
export const regionalKinds = ['idle-channel', 'idle-input', 'live-ingest', 'live-origination', 'storage-writes', 'conversion-audio'] as const;

/** Kinds that have one price everywhere. */
export const globalKinds = ['edge-function-invocations', 'edge-store-reads'] as const;

/**
 * What distinguishes the one SKU that a quantity is rated with, as data: it is kept with its line, so that any price
 * book can rate the line again. How a kind finds its SKU is in `rate-matcher.ts`. `MORE` and `UNKNOWN` match none.
 */
export type RateCriteria = {
  /** What is rated, for people: `output AVC HD up to 10 Mbit/s`. */
  readonly what: string;
} & (
  | { readonly kind: (typeof regionalKinds)[number]; readonly region: string }
  | { readonly kind: (typeof globalKinds)[number] }
  | {
      readonly kind: 'live-input';
      readonly region: string;
      readonly channelClass: PricedChannelClass;
      readonly codec: string;
      readonly resolution: string;
      readonly megabits: number;
    }
  | {
      readonly kind: 'live-output';
      readonly region: string;
      readonly channelClass: PricedChannelClass;
      readonly codec: string;
      readonly resolution: ResolutionClass;
      readonly megabits: number | 'MORE';
      readonly framesPerSecond: number | 'MORE';
    }
  | { readonly kind: 'edge-transfer'; readonly geography: PriceGeography }
  | { readonly kind: 'edge-requests'; readonly geography: PriceGeography; readonly protocol: ViewerProtocol }
  | {
      readonly kind: 'conversion';
      readonly region: string;
      readonly tier: 'B' | 'P';
      readonly codec: string;
      readonly resolution: string;
      readonly quality: string;
      readonly framesPerSecond: number | 'MORE' | 'UNKNOWN';
    }
  | { readonly kind: 'storage'; readonly region: string; readonly storageClass: PricedStorageClass }
  | { readonly kind: 'cam-input'; readonly region: string; readonly channelType: CamChannelType }
  | { readonly kind: 'cam-output'; readonly region: string; readonly geography: CamGeography; readonly outputClass: CamOutputClass }
);

/** The Region that a rate is wanted of; undefined where there is one price everywhere or by geography. */
export const regionOf = (criteria: RateCriteria): string | undefined => ('region' in criteria ? criteria.region : undefined);
