import { expiryOf } from './archive/archive-release.ts';
import type { StoredObject } from '../usage/meters/storage-meter.ts';

/**
 * Smaller objects stay where they are: they would cost more there. What lifecycles do since September 2024 unless told:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const leastBytes = 131_072n;

/**
 * Objects with when each goes over to storage for what is seldom read, whether it has gone over or not: so many days after
 * it was complete, at the next midnight UTC, as it goes when it expires. 0 days = never.
 */
export const cooling = (objects: readonly StoredObject[], coldDays: number): readonly StoredObject[] =>
  coldDays === 0
    ? objects
    : objects.map((object) => (object.bytes < leastBytes ? object : { ...object, transition: { storageClass: 'STANDARD_IA', at: expiryOf(object.storedAt, coldDays) } }));
