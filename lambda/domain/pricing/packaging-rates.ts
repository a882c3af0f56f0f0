import type { RateCriteria } from './rate-selection.ts';

const packaging = (region: string, what: string, usageType: RegExp): RateCriteria => ({
  service: 'AWSElementalMediaPackage',
  region,
  what,
  usageType,
  units: ['gb', 'gigabytes'],
});

/** Live ingest, per GB of every stream received: a standard channel's two streams count twice. */
export const ingestCriteria = (region: string): RateCriteria => packaging(region, 'live ingest', /^(?:[A-Z0-9]+-)?EMP-ingest-bytes$/);

/** Live origination and packaging, per GB handed to the CDN. */
export const originationCriteria = (region: string): RateCriteria =>
  packaging(region, 'live origination and packaging', /^(?:[A-Z0-9]+-)?EMP-origin-packaging-bytes$/);
