import type { PricedStorageClass, RateCriteria } from './rate-criteria.ts';
import type { RateMatcher } from './rate-matcher.ts';

/** Standard storage, per GB-month of byte-hours. */
export const storageCriteria = (region: string): RateCriteria => ({ kind: 'storage', what: 'standard storage', region, storageClass: 'STANDARD' });

/** Storage for what is seldom read, likewise. */
export const infrequentStorageCriteria = (region: string): RateCriteria => ({ kind: 'storage', what: 'storage for what is seldom read', region, storageClass: 'STANDARD_IA' });

/** PUT, COPY, POST and LIST requests. DELETE is free and is no SKU. */
export const putRequestCriteria = (region: string): RateCriteria => ({ kind: 'storage-writes', what: 'PUT, COPY, POST and LIST requests', region });

// Usage types of us-east-1 have no Region code in front, others have.
const s3 = (usageType: string, units: readonly string[]): RateMatcher => ({ service: 'AmazonS3', usageType: new RegExp(`^(?:[A-Z0-9]+-)?${usageType}$`), units });

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html */
const byteHours = { STANDARD: 'TimedStorage-ByteHrs', STANDARD_IA: 'TimedStorage-SIA-ByteHrs' } as const satisfies Record<PricedStorageClass, string>;

/** Finds the SKU of a storage class. */
export const storageMatcher = ({ storageClass }: Extract<RateCriteria, { kind: 'storage' }>): RateMatcher => s3(byteHours[storageClass], ['gb-mo', 'gb-month']);

/** Finds the SKU of writes. */
export const storageWriteMatcher = s3('Requests-Tier1', ['requests', 'request']);
