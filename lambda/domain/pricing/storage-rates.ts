import type { RateCriteria } from './rate-selection.ts';

// Usage types of us-east-1 have no Region code in front, others have.
const s3 = (region: string, what: string, usageType: string, units: readonly string[]): RateCriteria => ({
  service: 'AmazonS3',
  region,
  what,
  usageType: new RegExp(`^(?:[A-Z0-9]+-)?${usageType}$`),
  units,
});

/** Standard storage, per GB-month of byte-hours. */
export const storageCriteria = (region: string): RateCriteria => s3(region, 'standard storage', 'TimedStorage-ByteHrs', ['gb-mo', 'gb-month']);

/** Storage for what is seldom read (STANDARD_IA), likewise. */
export const infrequentStorageCriteria = (region: string): RateCriteria => s3(region, 'storage for what is seldom read', 'TimedStorage-SIA-ByteHrs', ['gb-mo', 'gb-month']);

/** PUT, COPY, POST and LIST requests. DELETE is free and is no SKU. */
export const putRequestCriteria = (region: string): RateCriteria => s3(region, 'PUT, COPY, POST and LIST requests', 'Requests-Tier1', ['requests', 'request']);
