import { Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

/** A bucket's ARN as another stack imports it: exported by the stack that owns the bucket. */
export const importedArnOf = (bucket: Bucket): string => Stack.of(bucket).exportValue(bucket.bucketArn);
