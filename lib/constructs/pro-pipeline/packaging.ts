import { CfnChannel, CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';

export interface PackagingProps {
  /** The channel's id, which metrics carry; endpoints' ids begin with it. */
  readonly name: string;
}

/** Seconds of a segment: three groups of pictures. */
export const segmentSeconds = 6;

/** Seconds that a manifest lists: how far a viewer can fall behind. */
export const windowSeconds = 60;

/** Packages the ladder for players: HLS. */
export class Packaging extends Construct {
  readonly channel: CfnChannel;
  readonly hls: CfnOriginEndpoint;

  constructor(scope: Construct, id: string, { name }: PackagingProps) {
    super(scope, id);
    this.channel = new CfnChannel(this, 'Channel', { id: name, description: 'Takes the ladder of the pipeline\'s channel' });
    this.hls = new CfnOriginEndpoint(this, 'Hls', {
      id: `${name}-hls`,
      channelId: this.channel.ref,
      manifestName: 'index',
      hlsPackage: { segmentDurationSeconds: segmentSeconds, playlistWindowSeconds: windowSeconds, playlistType: 'NONE' },
    });
  }
}
