import { Duration } from 'aws-cdk-lib';
import { Bucket, ObjectOwnership, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { RetentionProps } from '../retention.ts';
import { privateBucket } from './private-bucket.ts';

export interface MediaBucketProps extends RetentionProps {
  /**
   * What becomes of old objects.
   * @default - nothing
   */
  readonly lifecycleRules?: LifecycleRule[];
}

/** A private bucket of video: what channels archive, or what conversions make of it. */
export class MediaBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { lifecycleRules = [], ...retention }: MediaBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      ...privateBucket(retention),
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ id: 'forget-broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) }, ...lifecycleRules],
    });
    acknowledge(this.bucket, {
      'AwsSolutions-S1': 'Only the platform\'s own roles reach the bucket; who reads what is recorded by CloudTrail data events where an account wants it.',
    });
  }
}
