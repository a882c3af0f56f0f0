import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfiguration } from '../config/stage-configuration.ts';
import { AccessLogBucket } from '../constructs/foundation/access-log-bucket.ts';
import { ArchiveConversion } from '../constructs/foundation/archive-conversion.ts';
import { CamSharing } from '../constructs/foundation/cam-sharing.ts';
import { EntityTable } from '../constructs/foundation/entity-table.ts';
import { Identity } from '../constructs/foundation/identity.ts';
import { MediaBucket } from '../constructs/foundation/media-bucket.ts';
import { ViewerCookieKeys } from '../constructs/foundation/viewer-cookie-keys.ts';
import { archiveLifecycle, recordingsLifecycle } from '../constructs/foundation/media-lifecycles.ts';
import { RecordingsDelivery } from '../constructs/foundation/recordings-delivery.ts';
import { ViewerEdge } from '../constructs/foundation/viewer-edge.ts';
import { ViewerSigningKey } from '../constructs/foundation/viewer-signing-key.ts';

export interface FoundationStackProps extends StackProps {
  readonly configuration: StageConfiguration;
}

/** What outlives pipelines and releases: data, keys, users, and what all distributions share. */
export class FoundationStack extends Stack {
  readonly entities: EntityTable;
  readonly archive: MediaBucket;
  readonly recordings: MediaBucket;
  readonly accessLogs: AccessLogBucket;
  readonly viewerSigningKey: ViewerSigningKey;
  /** Absent where the stage gives no cookies. */
  readonly cookieKeys?: ViewerCookieKeys;
  readonly viewerEdge: ViewerEdge;
  readonly recordingsDelivery: RecordingsDelivery;
  /** Absent where the stage has no Cam pipelines. */
  readonly camSharing?: CamSharing;
  readonly conversion: ArchiveConversion;
  readonly identity: Identity;

  constructor(scope: Construct, id: string, { configuration, ...props }: FoundationStackProps) {
    super(scope, id, props);
    const { stage, retainData, recordings } = configuration;
    this.entities = new EntityTable(this, 'Entities', { retainData });
    this.archive = new MediaBucket(this, 'Archive', { retainData, lifecycleRules: archiveLifecycle(recordings) });
    this.recordings = new MediaBucket(this, 'Recordings', { retainData, lifecycleRules: recordingsLifecycle(recordings) });
    this.accessLogs = new AccessLogBucket(this, 'AccessLogs', { retainData });
    this.viewerSigningKey = new ViewerSigningKey(this, 'ViewerSigningKey', { retainData });
    const { cookies } = configuration.delivery;
    if (cookies) this.cookieKeys = new ViewerCookieKeys(this, 'ViewerCookieKeys', { stage, keys: cookies.keys });
    this.viewerEdge = new ViewerEdge(this, 'ViewerEdge', { stage, ...(cookies && { webOrigins: cookies.webOrigins }) });
    this.recordingsDelivery = new RecordingsDelivery(this, 'RecordingsDelivery', {
      stage,
      recordings: this.recordings.bucket,
      edge: this.viewerEdge,
      accessLogs: this.accessLogs.bucket,
      delivery: configuration.delivery,
    });
    this.conversion = new ArchiveConversion(this, 'Conversion', { stage, archive: this.archive.bucket, recordings: this.recordings.bucket, readsCamRecordings: configuration.cam !== undefined, configuration: recordings });
    if (configuration.cam) this.camSharing = new CamSharing(this, 'Cam', { stage, cam: configuration.cam, recordings: this.recordings.bucket });
    this.identity = new Identity(this, 'Identity', { stage, retainData });
    this.defineOutputs();
  }

  private defineOutputs(): void {
    new CfnOutput(this, 'ArchiveBucketName', { value: this.archive.bucket.bucketName });
    new CfnOutput(this, 'RecordingsBucketName', { value: this.recordings.bucket.bucketName });
    new CfnOutput(this, 'UserPoolId', { value: this.identity.pool.userPoolId });
    new CfnOutput(this, 'WebClientId', { value: this.identity.webClient.userPoolClientId });
    new CfnOutput(this, 'OperatorClientId', { value: this.identity.operatorClient.userPoolClientId });
    new CfnOutput(this, 'TokenEndpoint', { value: this.identity.tokenEndpoint });
  }
}
