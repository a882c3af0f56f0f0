import { CfnChannel } from 'aws-cdk-lib/aws-ivs';
import { Construct } from 'constructs';
import type { CamPipelineConfiguration } from '../../config/cam.ts';

export interface CamChannelProps {
  /** Its name at IVS. */
  readonly name: string;
  readonly pipeline: CamPipelineConfiguration;
  readonly recordingConfigurationArn: string;
}

/** An IVS channel. Its stream key is made when a show is armed: a template would show it. */
export class CamChannel extends Construct {
  readonly channel: CfnChannel;

  constructor(scope: Construct, id: string, { name, pipeline, recordingConfigurationArn }: CamChannelProps) {
    super(scope, id);
    const { type, preset, latencyMode, playback, containerFormat } = pipeline;
    this.channel = new CfnChannel(this, 'Channel', {
      name,
      type,
      latencyMode,
      containerFormat,
      authorized: playback === 'PRIVATE',
      insecureIngest: false,
      recordingConfigurationArn,
      ...(preset !== undefined && { preset }),
    });
  }
}
