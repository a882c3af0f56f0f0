import { CfnChannel, CfnOriginEndpoint, type CfnOriginEndpointProps } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';
import type { Format, FormatName } from '../../config/formats.ts';
import type { Encryption } from './encryption.ts';

export interface PackagingProps {
  /** The channel's id, which metrics carry; endpoints' ids begin with it. */
  readonly name: string;
  /** At least one that is not CMAF, whose URL CloudFormation does not tell. */
  readonly formats: readonly Format[];
  /**
   * How viewers' segments are encrypted.
   * @default - they are not
   */
  readonly encryption?: Encryption;
}

/** A format as it is packaged. */
export interface PackagedFormat {
  readonly format: Format;
  readonly endpoint: CfnOriginEndpoint;
  readonly isEncrypted: boolean;
}

type Package = Pick<CfnOriginEndpointProps, 'hlsPackage' | 'dashPackage' | 'mssPackage' | 'cmafPackage'>;

/** The name of every manifest: `index.m3u8`, `index.mpd`, `index.ism/Manifest`. */
const manifestName = 'index';

/** Segments that a DASH player stays behind the newest, as HLS players do. */
const dashDelaySegments = 3;

const packages: Readonly<Record<FormatName, (format: Format, encryption?: Encryption) => Package>> = {
  HLS: ({ segmentSeconds, windowSeconds }, encryption) => ({
    hlsPackage: {
      segmentDurationSeconds: segmentSeconds,
      playlistWindowSeconds: windowSeconds,
      playlistType: 'NONE',
      programDateTimeIntervalSeconds: segmentSeconds,
      ...(encryption?.hls && { encryption: encryption.hls }),
    },
  }),
  DASH: ({ segmentSeconds, windowSeconds }, encryption) => ({
    dashPackage: {
      segmentDurationSeconds: segmentSeconds,
      manifestWindowSeconds: windowSeconds,
      minBufferTimeSeconds: segmentSeconds,
      minUpdatePeriodSeconds: segmentSeconds,
      suggestedPresentationDelaySeconds: dashDelaySegments * segmentSeconds,
      segmentTemplateFormat: 'NUMBER_WITH_TIMELINE',
      ...(encryption?.dash && { encryption: encryption.dash }),
    },
  }),
  MSS: ({ segmentSeconds, windowSeconds }, encryption) => ({
    mssPackage: { segmentDurationSeconds: segmentSeconds, manifestWindowSeconds: windowSeconds, ...(encryption?.mss && { encryption: encryption.mss }) },
  }),
  CMAF: ({ segmentSeconds, windowSeconds }, encryption) => ({
    cmafPackage: {
      segmentDurationSeconds: segmentSeconds,
      hlsManifests: [{ id: manifestName, manifestName, playlistWindowSeconds: windowSeconds, playlistType: 'NONE', programDateTimeIntervalSeconds: segmentSeconds }],
      ...(encryption?.cmaf && { encryption: encryption.cmaf }),
    },
  }),
};

const isEncrypted = (name: FormatName, encryption: Encryption | undefined): boolean => {
  const byFormat = { HLS: encryption?.hls, DASH: encryption?.dash, MSS: encryption?.mss, CMAF: encryption?.cmaf };
  return byFormat[name] !== undefined;
};

/** Packages the ladder for players when they ask: one endpoint a format. */
export class Packaging extends Construct {
  readonly channel: CfnChannel;
  readonly formats: readonly PackagedFormat[];

  constructor(scope: Construct, id: string, { name, formats, encryption }: PackagingProps) {
    super(scope, id);
    this.channel = new CfnChannel(this, 'Channel', { id: name, description: 'Takes the ladder of the pipeline\'s channel' });
    this.formats = formats.map((format) => ({ format, endpoint: this.defineEndpoint(name, format, encryption), isEncrypted: isEncrypted(format.name, encryption) }));
  }

  /** A manifest's URL at the packager, which all formats share the host of. */
  get url(): string {
    const told = this.formats.find(({ format }) => format.name !== 'CMAF');
    if (!told) throw new RangeError(`formats: got ${this.formats.map(({ format }) => format.name).join(', ')}; expected one of HLS, DASH, MSS at least`);
    return told.endpoint.attrUrl;
  }

  private defineEndpoint(name: string, format: Format, encryption: Encryption | undefined): CfnOriginEndpoint {
    const suffix = format.name.toLowerCase();
    return new CfnOriginEndpoint(this, `${format.name.charAt(0)}${suffix.slice(1)}`, {
      id: `${name}-${suffix}`,
      channelId: this.channel.ref,
      manifestName,
      ...(format.startOverSeconds > 0 && { startoverWindowSeconds: format.startOverSeconds }),
      ...packages[format.name](format, encryption),
    });
  }
}
