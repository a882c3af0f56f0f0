import { CfnPlaybackKeyPair, CfnRecordingConfiguration } from 'aws-cdk-lib/aws-ivs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { recordingReconnectWindowSeconds, type CamConfiguration } from '../../config/cam.ts';

/** What a stage calls its recording configuration. */
export const recordingConfigurationName = (stage: string): string => `${stage}-recordings`;

/** What a stage calls the public half of a key. */
export const playbackKeyName = (stage: string, keyId: string): string => `${stage}-playback-${keyId}`;

export interface CamSharingProps {
  /** Names what is shared. */
  readonly stage: string;
  readonly cam: CamConfiguration;
  /** Where streams are recorded. */
  readonly recordings: Bucket;
}

/** What the Cam pipelines of a stage share: one recording configuration, as a Region has twenty, and the keys of viewers' tokens. */
export class CamSharing extends Construct {
  readonly recordingConfiguration: CfnRecordingConfiguration;

  constructor(scope: Construct, id: string, { stage, cam, recordings }: CamSharingProps) {
    super(scope, id);
    this.recordingConfiguration = new CfnRecordingConfiguration(this, 'Recording', {
      name: recordingConfigurationName(stage),
      destinationConfiguration: { s3: { bucketName: recordings.bucketName } },
      recordingReconnectWindowSeconds,
      renditionConfiguration: { renditionSelection: 'ALL' },
      thumbnailConfiguration: { recordingMode: 'DISABLED' },
    });
    // A key cannot be changed, only replaced: each has its own id in the template.
    for (const key of cam.playbackKeys) new CfnPlaybackKeyPair(this, `Key${key.id}`, { name: playbackKeyName(stage, key.id), publicKeyMaterial: key.publicKey });
  }
}
