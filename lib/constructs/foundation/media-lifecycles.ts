import { Duration } from 'aws-cdk-lib';
import { StorageClass, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { convertedTag } from '../../../lambda/contract/archive-tags.ts';
import type { RecordingsConfiguration } from '../../config/recordings.ts';

/** Archive files go when they were converted and are old enough. What was not converted has no tag, and stays. */
export const archiveLifecycle = ({ archiveDays }: RecordingsConfiguration): LifecycleRule[] =>
  archiveDays === undefined ? [] : [{ id: 'expire-converted', tagFilters: { [convertedTag.key]: convertedTag.value }, expiration: Duration.days(archiveDays) }];

/** Recordings go over to storage for what is seldom read: at once there when asked for, at half the price of keeping it. */
export const recordingsLifecycle = ({ coldStorageDays }: RecordingsConfiguration): LifecycleRule[] =>
  coldStorageDays === undefined
    ? []
    : [{ id: 'cool-down', transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(coldStorageDays) }] }];
