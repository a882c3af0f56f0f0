import { Duration } from 'aws-cdk-lib';
import { Bucket, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import type { RetentionProps } from '../retention.ts';
import { privateBucket } from './private-bucket.ts';

/** Delivery is split by these logs: kept for 13 months, so that any month of the year before can be measured again. */
const keptDays = 400;

/** Where CloudFront delivers access logs, under `<pipelineId>/`. Every new object is an event on the default bus. */
export class AccessLogBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: RetentionProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      ...privateBucket(props),
      // Standard logging grants itself access by an ACL and refuses buckets without them.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ id: 'expire-logs', expiration: Duration.days(keptDays), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.sendEvents();
    acknowledge(this.bucket, { 'AwsSolutions-S1': 'This is the bucket of access logs; logging who reads logs into itself would never end.' });
  }

  /** The construct's own switch would add a custom resource; CloudFormation can do it itself. */
  private sendEvents(): void {
    const resource = this.bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error('a Bucket no longer has a CfnBucket as its default child: set the notification where it went');
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
