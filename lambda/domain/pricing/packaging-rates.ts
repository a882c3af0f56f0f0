import type { RateCriteria } from './rate-criteria.ts';
import type { RateMatcher } from './rate-matcher.ts';

/** Live ingest, per GB of every stream received: a standard channel's two streams count twice. */
export const ingestCriteria = (region: string): RateCriteria => ({ kind: 'live-ingest', what: 'live ingest', region });

/** Live origination and packaging, per GB handed to the CDN. */
export const originationCriteria = (region: string): RateCriteria => ({ kind: 'live-origination', what: 'live origination and packaging', region });

const packaging = (usageType: RegExp): RateMatcher => ({ service: 'AWSElementalMediaPackage', usageType, units: ['gb', 'gigabytes'] });

/** Finds the SKU of live ingest. */
export const ingestMatcher = packaging(/^(?:[A-Z0-9]+-)?EMP-ingest-bytes$/);

/** Finds the SKU of live origination. */
export const originationMatcher = packaging(/^(?:[A-Z0-9]+-)?EMP-origin-packaging-bytes$/);
