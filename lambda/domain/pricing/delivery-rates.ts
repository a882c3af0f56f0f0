import type { RateCriteria } from './rate-criteria.ts';
import type { RateMatcher } from './rate-matcher.ts';

/** CloudFront's price geographies, by the prefix of their usage types. */
export const priceGeographies = ['AP', 'AU', 'CA', 'EU', 'IN', 'JP', 'ME', 'SA', 'US', 'ZA'] as const;

export type PriceGeography = (typeof priceGeographies)[number];

/** The protocol of a viewer's request, which decides its request charge. */
export type ViewerProtocol = 'http' | 'https';

/** Bytes to viewers, per GB, from the edge locations of a geography. */
export const transferCriteria = (geography: PriceGeography): RateCriteria => ({ kind: 'edge-transfer', what: `transfer to viewers from ${geography}`, geography });

/** GET and HEAD requests of viewers by protocol. A redirect from http to https is an http request of its own. */
export const requestCriteria = (geography: PriceGeography, protocol: ViewerProtocol): RateCriteria => ({
  kind: 'edge-requests',
  what: `${protocol} requests in ${geography}`,
  geography,
  protocol,
});

/** Runs of the edge function. */
export const functionInvocationCriteria: RateCriteria = { kind: 'edge-function-invocations', what: 'edge function invocations' };

/** Reads of the edge function from its key value store. */
export const storeReadCriteria: RateCriteria = { kind: 'edge-store-reads', what: 'edge key value reads' };

const edge = (usageType: RegExp, units: readonly string[]): RateMatcher => ({ service: 'AmazonCloudFront', usageType, units });
const perRequest = ['requests', 'request', 'count', 'invocations', 'reads'];

/** Finds the SKU of transfer from a geography. */
export const transferMatcher = ({ geography }: Extract<RateCriteria, { kind: 'edge-transfer' }>): RateMatcher =>
  edge(new RegExp(`^${geography}-DataTransfer-Out-Bytes$`), ['gb', 'gigabytes']);

const requestTier = { http: 'Requests-Tier1', https: 'Requests-Tier2-HTTPS' } as const;

/** Finds the SKU of requests in a geography by protocol. */
export const requestMatcher = ({ geography, protocol }: Extract<RateCriteria, { kind: 'edge-requests' }>): RateMatcher =>
  edge(new RegExp(`^${geography}-${requestTier[protocol]}$`), perRequest);

/** Finds the SKU of the edge function's runs. */
export const functionInvocationMatcher = edge(/^(?:[A-Z]{2}-)?Executions-CloudFrontFunctions$/, perRequest);

/** Finds the SKU of the edge function's reads. */
export const storeReadMatcher = edge(/^(?:[A-Z]{2}-)?KeyValueStore-EdgeReads$/, perRequest);

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
