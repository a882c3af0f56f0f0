import type { Role } from 'aws-cdk-lib/aws-iam';
import { CfnChannel } from 'aws-cdk-lib/aws-medialive';
import type { CfnChannel as PackagingChannel } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';
import type { AutomaticFailover } from '../../config/failover.ts';
import type { InputSpecification } from '../../config/input-specification.ts';
import type { Ladder } from '../../config/ladders.ts';
import { destinationIds, encoderSettings } from './encoder-settings.ts';
import type { NamedInput } from './ingest.ts';
import { inputAttachments } from './input-attachments.ts';

export interface LiveChannelProps {
  readonly name: string;
  /** STANDARD runs the encoder twice, in two places. */
  readonly channelClass: 'SINGLE_PIPELINE' | 'STANDARD';
  readonly ladder: Ladder;
  /** In order of preference. */
  readonly inputs: readonly [NamedInput, ...NamedInput[]];
  /**
   * When the channel goes over to its second input by itself.
   * @default - never: there is one input, or it is switched by hand
   */
  readonly failover?: AutomaticFailover;
  readonly inputSpecification: InputSpecification;
  readonly packager: PackagingChannel;
  /** `s3ssl://<bucket>/<prefix>`, to which names of files are appended. */
  readonly archiveUrl: string;
  readonly role: Role;
}

/** What is appended to the archive's prefix by the second encoder of a STANDARD channel, whose files are a copy of the first's. */
const secondCopySuffix = '-copy';

/** The encoder: one or two inputs, the ladder's renditions to the packager, the best of them to the archive. */
export class LiveChannel extends Construct {
  readonly channel: CfnChannel;

  constructor(scope: Construct, id: string, props: LiveChannelProps) {
    super(scope, id);
    const { channelClass, archiveUrl, inputSpecification } = props;
    const archiveUrls = channelClass === 'STANDARD' ? [archiveUrl, `${archiveUrl}${secondCopySuffix}`] : [archiveUrl];
    this.channel = new CfnChannel(this, 'Channel', {
      name: props.name,
      channelClass,
      inputSpecification: { ...inputSpecification },
      inputAttachments: inputAttachments(props.inputs, props.failover),
      destinations: [
        // One entry for either class: MediaLive finds both of the packager's ingest endpoints itself.
        { id: destinationIds.packager, mediaPackageSettings: [{ channelId: props.packager.ref }] },
        { id: destinationIds.archive, settings: archiveUrls.map((url) => ({ url })) },
      ],
      encoderSettings: encoderSettings(props.ladder),
      roleArn: props.role.roleArn,
      logLevel: 'WARNING',
    });
    // The channel's creation checks what its role may do.
    this.channel.node.addDependency(props.role);
  }
}
