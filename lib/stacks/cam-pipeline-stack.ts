import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { recordingReconnectWindowSeconds, type CamPipelineConfiguration } from '../config/cam.ts';
import { CamChannel } from '../constructs/cam-pipeline/cam-channel.ts';
import type { CamSharing } from '../constructs/foundation/cam-sharing.ts';
import { Registration } from '../constructs/pro-pipeline/registration.ts';
import { tagAll, tagKeys } from '../constructs/tags.ts';

export interface CamPipelineStackProps extends StackProps {
  readonly stage: string;
  readonly pipeline: CamPipelineConfiguration;
  readonly sharing: CamSharing;
  /** Where streams are recorded. */
  readonly recordings: Bucket;
}

/** One Cam pipeline: an IVS channel, which packages and delivers by itself. Exports nothing, so that it goes alone. */
export class CamPipelineStack extends Stack {
  constructor(scope: Construct, id: string, { stage, pipeline, sharing, recordings, ...props }: CamPipelineStackProps) {
    super(scope, id, props);
    const recordingConfigurationArn = sharing.recordingConfiguration.attrArn;
    const { channel } = new CamChannel(this, 'Live', { name: `${stage}-${pipeline.id}`, pipeline, recordingConfigurationArn });
    new Registration(this, 'Registration', {
      stage,
      registration: {
        schemaVersion: 2,
        pipelineId: pipeline.id,
        name: pipeline.name,
        kind: 'CAM',
        region: this.region,
        ...(pipeline.accountId !== undefined && { accountId: pipeline.accountId }),
        channel: {
          arn: channel.attrArn,
          type: pipeline.type,
          ...(pipeline.preset !== undefined && { preset: pipeline.preset }),
          latencyMode: pipeline.latencyMode,
          containerFormat: pipeline.containerFormat,
          isPrivate: pipeline.playback === 'PRIVATE',
          ingestEndpoint: channel.attrIngestEndpoint,
          playbackUrl: channel.attrPlaybackUrl,
        },
        recording: { bucket: recordings.bucketName, configurationArn: recordingConfigurationArn, reconnectWindowSeconds: recordingReconnectWindowSeconds },
      },
    });
    tagAll(this, { [tagKeys.pipeline]: pipeline.id });
  }
}
