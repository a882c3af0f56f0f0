import type { RateCriteria } from './rate-selection.ts';

/** CloudFront's price geographies, by the prefix of their usage types. */
export const priceGeographies = ['AP', 'AU', 'CA', 'EU', 'IN', 'JP', 'ME', 'SA', 'US', 'ZA'] as const;

export type PriceGeography = (typeof priceGeographies)[number];

/** The protocol of a viewer's request, which decides its request charge. */
export type ViewerProtocol = 'http' | 'https';

const service = 'AmazonCloudFront';
const perRequest = ['requests', 'request', 'count', 'invocations', 'reads'];

/** Bytes to viewers, per GB, from the edge locations of a geography. */
export const transferCriteria = (geography: PriceGeography): RateCriteria => ({
  service,
  what: `transfer to viewers from ${geography}`,
  usageType: new RegExp(`^${geography}-DataTransfer-Out-Bytes$`),
  units: ['gb', 'gigabytes'],
});

const requestTier = { http: 'Requests-Tier1', https: 'Requests-Tier2-HTTPS' } as const;

/** GET and HEAD requests of viewers by protocol. A redirect from http to https is an http request of its own. */
export const requestCriteria = (geography: PriceGeography, protocol: ViewerProtocol): RateCriteria => ({
  service,
  what: `${protocol} requests in ${geography}`,
  usageType: new RegExp(`^${geography}-${requestTier[protocol]}$`),
  units: perRequest,
});

/** Runs of the edge function. */
export const functionInvocationCriteria: RateCriteria = {
  service,
  what: 'edge function invocations',
  usageType: /^(?:[A-Z]{2}-)?Executions-CloudFrontFunctions$/,
  units: perRequest,
};

/** Reads of the edge function from its key value store. */
export const storeReadCriteria: RateCriteria = { service, what: 'edge key value reads', usageType: /^(?:[A-Z]{2}-)?KeyValueStore-EdgeReads$/, units: perRequest };

const byRegionPrefix: readonly (readonly [RegExp, PriceGeography])[] = [
  [/^ca-/, 'CA'],
  [/^(us|mx)-/, 'US'],
  [/^(eu|il)-/, 'EU'],
  [/^ap-northeast-[13]$/, 'JP'],
  [/^ap-south-/, 'IN'],
  [/^ap-southeast-[246]$/, 'AU'],
  [/^ap-/, 'AP'],
  [/^sa-/, 'SA'],
  [/^af-/, 'ZA'],
  [/^me-/, 'ME'],
];

/** The price geography that a Region lies in: what is assumed of bytes whose edge location no log tells. */
export const homeGeography = (region: string): PriceGeography | undefined => byRegionPrefix.find(([prefix]) => prefix.test(region))?.[1];
