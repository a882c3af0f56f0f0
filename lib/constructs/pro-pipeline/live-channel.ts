import type { Role } from 'aws-cdk-lib/aws-iam';
import { CfnChannel, type CfnInput } from 'aws-cdk-lib/aws-medialive';
import type { CfnChannel as PackagingChannel } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';
import type { Ladder } from '../../config/ladders.ts';
import { audioSelectorName, destinationIds, encoderSettings } from './encoder-settings.ts';

/** What the channel's inputs declare: RTMP carries AVC, and no rung needs more than 10 Mbit/s. */
export const inputSpecificationOf = ({ inputResolution }: Ladder) => ({ codec: 'AVC', resolution: inputResolution, maximumBitrate: 'MAX_10_MBPS' }) as const;

/** One encoder is enough where a second of black is not worth twice the price. */
export const channelClass = 'SINGLE_PIPELINE';

export interface LiveChannelProps {
  readonly name: string;
  readonly ladder: Ladder;
  readonly input: CfnInput;
  /** The attachment's name, by which a schedule switches to it. */
  readonly inputName: string;
  readonly packager: PackagingChannel;
  /** `s3ssl://<bucket>/<prefix>`, to which names of files are appended. */
  readonly archiveUrl: string;
  readonly role: Role;
}

/** The encoder: one input, the ladder's renditions to the packager, the best of them to the archive. */
export class LiveChannel extends Construct {
  readonly channel: CfnChannel;

  constructor(scope: Construct, id: string, props: LiveChannelProps) {
    super(scope, id);
    this.channel = new CfnChannel(this, 'Channel', {
      name: props.name,
      channelClass,
      inputSpecification: inputSpecificationOf(props.ladder),
      inputAttachments: [{ inputAttachmentName: props.inputName, inputId: props.input.ref, inputSettings: { audioSelectors: [{ name: audioSelectorName }] } }],
      destinations: [
        { id: destinationIds.packager, mediaPackageSettings: [{ channelId: props.packager.ref }] },
        { id: destinationIds.archive, settings: [{ url: props.archiveUrl }] },
      ],
      encoderSettings: encoderSettings(props.ladder),
      roleArn: props.role.roleArn,
      logLevel: 'WARNING',
    });
    // The channel's creation checks what its role may do.
    this.channel.node.addDependency(props.role);
  }
}
